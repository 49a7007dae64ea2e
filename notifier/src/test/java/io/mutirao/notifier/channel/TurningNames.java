package io.mutirao.notifier.channel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.security.Security;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The name server of somebody who means ill: whatever ends in {@code .turning.example} has the
 * address 127.0.0.1 when it is first asked for, and 127.0.0.2 ever after. This JVM asks it before
 * any other, and remembers nothing of these names.
 */
public final class TurningNames extends InetAddressResolverProvider {

  private static final Map<String, AtomicInteger> ASKED = new ConcurrentHashMap<>();

  static int timesAsked(String name) {
    return ASKED.getOrDefault(name, new AtomicInteger()).get();
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    Security.setProperty("networkaddress.cache.ttl", "0");
    InetAddressResolver others = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String name, LookupPolicy policy)
          throws UnknownHostException {
        if (!name.endsWith(".turning.example")) {
          return others.lookupByName(name, policy);
        }
        int times = ASKED.computeIfAbsent(name, _ -> new AtomicInteger()).incrementAndGet();
        byte last = (byte) Math.min(times, 2);
        return Stream.of(InetAddress.getByAddress(name, new byte[] {127, 0, 0, last}));
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return others.lookupByAddress(address);
      }
    };
  }

  @Override
  public String name() {
    return "turning names";
  }
}
