package io.caisson.model.codec;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * LZ4 in plain Java, which starts at once: no native file to unpack, no {@code Unsafe}.
 * Thread-safe.
 */
final class Compression {
  /** Shorter bodies are kept as they are. */
  private static final int WORTH_TRYING = 48;

  private static final LZ4Compressor COMPRESSOR = LZ4Factory.safeInstance().fastCompressor();
  private static final LZ4SafeDecompressor DECOMPRESSOR =
      LZ4Factory.safeInstance().safeDecompressor();

  private Compression() {}

  /**
   * Appends the compressed bytes where they are at least an eighth shorter.
   *
   * @return whether it did; else nothing was written
   */
  static boolean tryCompress(byte[] source, int length, ByteWriter out) {
    if (length < WORTH_TRYING) {
      return false;
    }
    int start = out.size();
    int most = COMPRESSOR.maxCompressedLength(length);
    byte[] target = out.reserve(most);
    int compressed = COMPRESSOR.compress(source, 0, length, target, start, most);
    if (compressed > length - length / 8) {
      return false;
    }
    out.advance(compressed);
    return true;
  }

  /** The {@code plainLength} bytes behind the compressed ones. */
  static byte[] decompress(byte[] source, int start, int length, int plainLength) {
    byte[] plain = new byte[plainLength];
    int restored = DECOMPRESSOR.decompress(source, start, length, plain, 0, plainLength);
    if (restored != plainLength) {
      throw new IllegalArgumentException(
          restored + " bytes where there were " + plainLength + " before compression");
    }
    return plain;
  }
}
