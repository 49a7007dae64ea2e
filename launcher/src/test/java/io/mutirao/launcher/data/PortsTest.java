package io.mutirao.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

  @TempDir Path temporary;

  @Test
  void aPortIsKeptOverRestarts() throws Exception {
    try (DataFolder folder = DataFolder.open(temporary.resolve("data"))) {
      int first = Ports.in(folder).get("kafka");
      assertThat(Ports.in(folder).get("kafka")).isEqualTo(first);
    }
  }

  @Test
  void aKeptPortThatIsTakenByNowIsReplacedByAnother() throws Exception {
    try (DataFolder folder = DataFolder.open(temporary.resolve("data"));
        var other = new ServerSocket()) {
      int first = Ports.in(folder).get("kafka");
      other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), first));
      int second = Ports.in(folder).get("kafka");
      assertThat(second).isNotEqualTo(first);
      assertThat(Ports.in(folder).get("kafka")).isEqualTo(second);
    }
  }

  @Test
  void namesHaveDifferentPortsOutsideTheRangeOfOutgoingConnections() throws Exception {
    try (DataFolder folder = DataFolder.open(temporary.resolve("data"))) {
      Ports ports = Ports.in(folder);
      assertThat(List.of(ports.get("a"), ports.get("b"), ports.get("c")))
          .doesNotHaveDuplicates()
          .allMatch(p -> p >= Ports.LOWEST && p < Ports.HIGHEST);
    }
  }
}
