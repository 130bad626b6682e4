package io.caisson.tests.docs;

import io.caisson.tests.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A fenced block of a page.
 *
 * @param page the page
 * @param line the line of its opening fence, from 1
 * @param info what stands behind the opening fence
 * @param text what stands between the fences
 */
record Block(Path page, int line, String info, String text) {
  private static final String FENCE = "```";

  /** All blocks of a page, in order. */
  static List<Block> of(Path page) {
    var blocks = new ArrayList<Block>();
    List<String> lines = Repository.read(page).lines().toList();
    int open = -1;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.stripLeading().startsWith(FENCE)) {
        continue;
      }
      if (open < 0) {
        open = i;
      } else {
        String info = lines.get(open).strip().substring(FENCE.length()).strip();
        blocks.add(new Block(page, open + 1, info, String.join("\n", lines.subList(open + 1, i))));
        open = -1;
      }
    }
    if (open >= 0) {
      throw new IllegalArgumentException(page + ":" + (open + 1) + ": the block does not end");
    }
    return blocks;
  }

  /** Where it stands, for messages. */
  String place() {
    return page.getFileName() + ":" + line;
  }
}
