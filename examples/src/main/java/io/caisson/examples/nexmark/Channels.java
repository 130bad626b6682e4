package io.caisson.examples.nexmark;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Through whom bids come, and from which page: half of them from four channels, the others from ten
 * thousand. Immutable.
 */
final class Channels {
  private static final List<String> HOT = List.of("Google", "Facebook", "Baidu", "Apple");
  private static final int NUMBER = 10_000;
  private static final int WITHOUT_ID_EVERY = 10;

  /**
   * A channel.
   *
   * @param name its name
   * @param url its page, which most name the channel's number in
   */
  record Channel(String name, String url) {}

  private final List<Channel> hot = new ArrayList<>();
  private final List<Channel> others = new ArrayList<>();

  Channels(SplittableRandom random) {
    for (String name : HOT) {
      hot.add(new Channel(name, page(random)));
    }
    for (int i = 0; i < NUMBER; i++) {
      String page = page(random);
      boolean named = random.nextInt(WITHOUT_ID_EVERY) > 0;
      String number = "&channel_id=" + Math.abs((long) Integer.reverse(i));
      others.add(new Channel("channel-" + i, named ? page + number : page));
    }
  }

  /** A random one. */
  Channel next(SplittableRandom random) {
    List<Channel> from = random.nextInt(2) > 0 ? hot : others;
    return from.get(random.nextInt(from.size()));
  }

  private static String page(SplittableRandom random) {
    var url = new StringBuilder("https://www.nexmark.com/");
    for (int i = 0; i < 3; i++) {
      url.append(RandomText.next(random, 5, '_')).append('/');
    }
    return url.append("item.htm?query=1").toString();
  }
}
