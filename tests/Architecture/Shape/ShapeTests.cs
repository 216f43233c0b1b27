using Architecture.Tree;

namespace Architecture.Shape;

public sealed class ShapeTests
{
    private static Repository Repository => Repository.Current;

    [Fact]
    public void Sources_parse_without_errors() => Gate.Holds(Repository.CSharp.SelectMany(file => file.Tree
        .GetDiagnostics(TestContext.Current.CancellationToken)
        .Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error)
        .Select(d => new Violation(file.Path, file.Line(d.Location.SourceSpan.Start), d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)))));

    [Fact]
    public void Files_stay_within_their_limit() => Gate.Holds(Repository.CSharp.SelectMany(SizeRules.LongFiles));

    [Fact]
    public void Methods_stay_within_their_limit() => Gate.Holds(Repository.CSharp.SelectMany(SizeRules.LongMethods));

    [Fact]
    public void Methods_take_few_parameters() => Gate.Holds(Repository.CSharp.SelectMany(SizeRules.ManyParameters));

    [Fact]
    public void Blocks_are_not_nested_deeply() => Gate.Holds(Repository.Product.SelectMany(SizeRules.DeepNesting));

    [Fact]
    public void Names_say_what_a_type_holds_or_does() => Gate.Holds(Repository.CSharp.SelectMany(NameRules.BannedNames));

    [Fact]
    public void Folders_are_named_after_the_subject() => Gate.Holds(Repository.CSharp.SelectMany(NameRules.BannedFolderNames));

    [Fact]
    public void Types_stand_in_a_file_of_their_name() => Gate.Holds(Repository.CSharp.SelectMany(NameRules.TypesOutsideTheirFile));

    [Fact]
    public void Interfaces_have_two_implementations_or_are_ports() => Gate.Holds(InterfaceRules.LonelyInterfaces(Repository.CSharp));

    [Fact]
    public void Classes_are_sealed() => Gate.Holds(DesignRules.OpenClasses(Repository.CSharp));

    [Fact]
    public void No_error_is_swallowed() => Gate.Holds(Repository.CSharp.SelectMany(DesignRules.SwallowedErrors));
}
