package io.mutirao.notifier.channel;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses that are not of the public internet: whoever names one in a webhook looks inside. */
final class PrivateNetworks {

  /** IPv4 networks, as address and length, besides what Java itself knows. */
  private static final int[][] RESERVED = {
    {0, 0, 0, 0, 8},
    {100, 64, 0, 0, 10}, // shared by a provider's customers
    {192, 0, 0, 0, 24},
    {192, 0, 2, 0, 24}, // for documents, as the two below
    {198, 51, 100, 0, 24},
    {203, 0, 113, 0, 24},
    {198, 18, 0, 0, 15}, // for measurements
    {240, 0, 0, 0, 4}
  };

  static boolean contains(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return true;
    }
    byte[] bytes = address.getAddress();
    return switch (address) {
      case Inet4Address _ -> isReserved(bytes);
      case Inet6Address _ -> isReservedOfSix(bytes);
      default -> true;
    };
  }

  private static boolean isReserved(byte[] bytes) {
    int address = number(bytes[0], bytes[1], bytes[2], bytes[3]);
    for (int[] network : RESERVED) {
      int mask = -1 << (32 - network[4]);
      if ((address & mask) == number(network[0], network[1], network[2], network[3])) {
        return true;
      }
    }
    return false;
  }

  private static int number(int a, int b, int c, int d) {
    return ((a & 0xff) << 24) | ((b & 0xff) << 16) | ((c & 0xff) << 8) | (d & 0xff);
  }

  /** Unique local ones, and those that only wrap an address of four bytes. */
  private static boolean isReservedOfSix(byte[] bytes) {
    int first = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
    if ((first & 0xfe00) == 0xfc00) {
      return true;
    }
    if (first == 0x2002) {
      return wraps(bytes, 2); // 6to4
    }
    if (first == 0x64 && bytes[2] == (byte) 0xff && bytes[3] == (byte) 0x9b) {
      return wraps(bytes, 12); // NAT64
    }
    // Global unicast is 2000::/3; of the rest, what is not meant for everybody.
    return (first & 0xe000) != 0x2000 || (first == 0x2001 && bytes[2] == 0 && bytes[3] == 0);
  }

  private static boolean wraps(byte[] bytes, int at) {
    byte[] four = {bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]};
    try {
      return contains(InetAddress.getByAddress(four));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private PrivateNetworks() {}
}
