package io.mutirao.contracts.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class LanesTest {

  private final Lanes lanes = new Lanes(16);

  @Test
  void aMintedIdBelongsToTheLaneThatMintedIt() {
    for (int lane = 0; lane < 16; lane++) {
      assertThat(lanes.of(new JobId(lanes.mint(lane, 1)))).isEqualTo(lane);
      assertThat(lanes.of(new RunId(lanes.mint(lane, 123_456)))).isEqualTo(lane);
    }
  }

  @Test
  void noLaneMintsAnIdTwiceOrOneOfAnother() {
    assertThat(new long[] {lanes.mint(0, 1), lanes.mint(15, 1), lanes.mint(0, 2)})
        .doesNotHaveDuplicates()
        .isSorted();
  }

  @Test
  void aCommandIdHasALaneWhateverItsHash() {
    assertThat(lanes.of("polygenelubricants")).isBetween(0, 15); // its hash is the lowest int
  }

  @Test
  void anInstallationHasOneTo1024Lanes() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Lanes(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Lanes(1025));
  }

  @Test
  void anUpperIdIsOfTheSameLaneAndFarFromAllThatAreMinted() {
    for (int count : new int[] {1, 3, 4, 16, 1000}) {
      Lanes lanes = new Lanes(count);
      long minted = lanes.mint(count - 1, 12_345);

      assertThat(lanes.of(new JobId(lanes.upper(minted)))).isEqualTo(count - 1);
      assertThat(lanes.upper(minted))
          .isGreaterThan(LaneKey.MAX / 2 - count)
          .isLessThan(LaneKey.MAX);
    }
  }
}
