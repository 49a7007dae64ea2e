package io.mutirao.systemtests.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The rules themselves.
 *
 * @param root below which the modules have their packages: {@code io.mutirao}, or where the planted
 *     violations are
 */
record Rules(String root) {

  /** Where a service may ask what time it is: the one place that hands its clock out. */
  private static final Set<String> CLOCKS =
      Set.of("gateway.backend.CommandChannel", "worker.WorkerService");

  /** Besides {@code java.lang}, of which {@code System} and {@code Thread} are forbidden. */
  private static final List<String> PURE =
      List.of(
          "java.lang",
          "java.lang.annotation",
          "java.lang.runtime",
          "java.lang.invoke",
          "java.time",
          "java.util",
          "java.util.function",
          "java.util.stream",
          "org.jspecify.annotations",
          "com.fasterxml.jackson.annotation");

  private static final List<String> DIALECTS = List.of("databricks", "watsonx", "spss", "vbrain");

  ArchRule aModuleUsesOnlyWhatItMay() {
    List<ArchRule> all = new ArrayList<>();
    for (Modules module : Modules.values()) {
      EnumSet<Modules> forbidden = EnumSet.allOf(Modules.class);
      forbidden.remove(module);
      forbidden.removeAll(module.mayUse());
      all.add(
          noClasses()
              .that()
              .resideInAPackage(module.packages(root))
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(Modules.packagesOf(forbidden, root))
              .allowEmptyShould(true));
    }
    return together(all, "DESIGN, \"Allowed between modules\"");
  }

  ArchRule aModuleKeepsToItsPackage() {
    return classes()
        .should()
        .resideInAnyPackage(Modules.packagesOfAll(root))
        .because("the package says which module a class is of");
  }

  /** No clock, no input or output, no database, no broker, no log: DESIGN, decision 3. */
  ArchRule theLifecycleIsPure() {
    String lifecycle = root + ".dispatcher.lifecycle";
    Stream<String> ours = Stream.of(lifecycle, root + ".contracts..");
    String[] allowed = Stream.concat(PURE.stream(), ours).toArray(String[]::new);
    return together(
        List.of(
            classes()
                .that()
                .resideInAPackage(lifecycle)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed),
            noClasses()
                .that()
                .resideInAPackage(lifecycle)
                .should()
                .dependOnClassesThat(named("System or Thread", System.class, Thread.class)),
            noClasses().that().resideInAPackage(lifecycle).should().callMethodWhere(readsAClock())),
        "a decision is a function of state, input and time (DESIGN, decision 3)");
  }

  ArchRule timeComesFromOnePlace() {
    Set<String> clocks = Set.copyOf(CLOCKS.stream().map(name -> root + "." + name).toList());
    return noClasses()
        .that(are("not a clock", c -> !clocks.contains(c.getFullName())))
        .should()
        .callMethodWhere(readsAClock())
        .because("the clock is an argument");
  }

  ArchRule packagesAreNamedForWhatTheyHold() {
    return noClasses()
        .should()
        .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..helpers..")
        .orShould()
        .resideInAnyPackage("..impl..", "..dto..", "..model..", "..misc..")
        .because("packages are features");
  }

  ArchRule classesAreNamedForWhatTheyAre() {
    return noClasses()
        .should()
        .haveNameMatching(".*(Impl|Manager|Helper|Utils?|Dto|DTO)(\\$.*)?")
        .because("such a name says nothing of the duty");
  }

  /** A program that a task runs in a process of its own prints its task's log. */
  ArchRule servicesDoNotPrint() {
    return noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Program")
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .because("what a service has to say is a log line with keys");
  }

  ArchRule nothingIsInjectedIntoFields() {
    return noFields()
        .should()
        .beAnnotatedWith("jakarta.inject.Inject")
        .orShould()
        .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
        .because("what a class needs stands in its constructor");
  }

  ArchRule everyPackageIsDescribedAndNullMarked() {
    return classes().should(liveInADescribedPackage());
  }

  ArchRule dialectsDoNotKnowEachOther() {
    List<ArchRule> all = new ArrayList<>();
    for (String dialect : DIALECTS) {
      String[] others =
          DIALECTS.stream()
              .filter(other -> !other.equals(dialect))
              .map(this::dialect)
              .toArray(String[]::new);
      all.add(
          noClasses()
              .that()
              .resideInAPackage(dialect(dialect))
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(others)
              .allowEmptyShould(true));
    }
    return together(all, "deleting one dialect's folder leaves the rest compiling");
  }

  ArchRule theCoreOfTheGatewayKnowsNoDialect() {
    return noClasses()
        .that()
        .resideInAnyPackage(
            root + ".gateway.core..", root + ".gateway.backend..", root + ".gateway.access..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(DIALECTS.stream().map(this::dialect).toArray(String[]::new))
        .because("a dialect's own words never leave its package");
  }

  private String dialect(String name) {
    return root + ".gateway." + name + "..";
  }

  private static ArchRule together(List<ArchRule> rules, String why) {
    return CompositeArchRule.of(rules).because(why);
  }

  private static DescribedPredicate<JavaMethodCall> readsAClock() {
    return DescribedPredicate.describe(
        "that reads the time of day",
        call -> {
          String name = call.getTarget().getName();
          JavaClass owner = call.getTargetOwner();
          if (owner.isAssignableTo(InstantSource.class)) {
            return name.startsWith("system");
          }
          return owner.isEquivalentTo(System.class)
              ? name.equals("currentTimeMillis")
              : owner.getPackageName().equals("java.time") && name.equals("now");
        });
  }

  private static DescribedPredicate<JavaClass> named(String words, Class<?>... types) {
    return DescribedPredicate.describe(
        words, c -> Stream.of(types).anyMatch(type -> c.isEquivalentTo(type)));
  }

  private static DescribedPredicate<JavaClass> are(String words, Predicate<JavaClass> test) {
    return DescribedPredicate.describe(words, test);
  }

  private static ArchCondition<JavaClass> liveInADescribedPackage() {
    return new ArchCondition<>("live in a package whose package-info says @NullMarked") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        boolean marked =
            item.getPackage()
                .tryGetPackageInfo()
                .filter(info -> info.isAnnotatedWith(NullMarked.class))
                .isPresent();
        events.add(
            new SimpleConditionEvent(
                item, marked, item.getPackageName() + " of " + item.getSimpleName()));
      }
    };
  }
}
