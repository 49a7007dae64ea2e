package io.mutirao.systemtests.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.EnumSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule holds for our code, and finds the violation that was planted for it. */
class RulesTest {

  private static final String ROOT = "io.mutirao";
  private static final String PLANTED = "io.mutirao.systemtests.rules.planted";

  private static final JavaClasses SHIPPED = Modules.read(Modules.SHIPPED);
  private static final JavaClasses ALL = Modules.read(EnumSet.allOf(Modules.class));
  private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(PLANTED);

  /**
   * A rule with its violation.
   *
   * @param classes those of ours that it is for
   * @param planted part of what it says of the violation
   */
  record Case(String name, Function<Rules, ArchRule> rule, JavaClasses classes, String planted) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("services apart", Rules::aModuleUsesOnlyWhatItMay, ALL, "AsksTheDispatcher"),
        new Case("contracts alone", Rules::aModuleUsesOnlyWhatItMay, ALL, "KnowsMessaging"),
        new Case("own package", Rules::aModuleKeepsToItsPackage, ALL, "planted.util.Words"),
        new Case("lifecycle: clock", Rules::theLifecycleIsPure, SHIPPED, "ReadsTheClock"),
        new Case("lifecycle: nanos", Rules::theLifecycleIsPure, SHIPPED, "CountsNanos"),
        new Case("lifecycle: database", Rules::theLifecycleIsPure, SHIPPED, "AsksTheDatabase"),
        new Case("lifecycle: log", Rules::theLifecycleIsPure, SHIPPED, "Logs"),
        new Case("lifecycle: files", Rules::theLifecycleIsPure, SHIPPED, "OpensAFile"),
        new Case("clock: Instant", Rules::timeComesFromOnePlace, SHIPPED, "AsksForTheTime.instant"),
        new Case("clock: millis", Rules::timeComesFromOnePlace, SHIPPED, "AsksForTheTime.millis"),
        new Case("clock: system", Rules::timeComesFromOnePlace, SHIPPED, "AsksForTheTime.clock"),
        new Case("package names", Rules::packagesAreNamedForWhatTheyHold, ALL, "util.Words"),
        new Case("class names", Rules::classesAreNamedForWhatTheyAre, ALL, "WordHelper"),
        new Case("printing", Rules::servicesDoNotPrint, SHIPPED, "Prints"),
        new Case("injection", Rules::nothingIsInjectedIntoFields, SHIPPED, "InjectsIntoAField"),
        new Case("package-info", Rules::everyPackageIsDescribedAndNullMarked, ALL, "planted.util"),
        new Case("dialects", Rules::dialectsDoNotKnowEachOther, SHIPPED, "BorrowsFromWatsonx"),
        new Case("core", Rules::theCoreOfTheGatewayKnowsNoDialect, SHIPPED, "KnowsADialect"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aRuleHoldsForOurCode(Case each) {
    each.rule().apply(new Rules(ROOT)).check(each.classes());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aRuleFindsThePlantedViolation(Case each) {
    ArchRule rule = each.rule().apply(new Rules(PLANTED));

    assertThatThrownBy(() -> rule.check(VIOLATIONS))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(each.planted());
  }

  @ParameterizedTest
  @EnumSource
  void everyModuleIsLookedAt(Modules module) {
    assertThat(ALL.that(JavaClass.Predicates.resideInAPackage(module.packages(ROOT))))
        .as("classes of %s", module)
        .isNotEmpty();
  }
}
