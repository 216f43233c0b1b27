using Architecture.Tree;

namespace Architecture.Shape;

/// <summary>Each rule finds its bad sample, and leaves the good one beside it alone.</summary>
public sealed class ShapeRulesTests
{
    [Theory]
    [InlineData("silo/A/A.cs", 400, false)]
    [InlineData("silo/A/A.cs", 401, true)]
    [InlineData("tests/A/A.cs", 600, false)]
    [InlineData("tests/A/A.cs", 601, true)]
    public void A_long_file_is_found(string path, int lines, bool found)
    {
        var file = new SourceFile(path, string.Concat(Enumerable.Repeat("// line\n", lines)));
        Assert.Equal(found, SizeRules.LongFiles(file).Any());
    }

    [Theory]
    [InlineData("silo/A/A.cs", 60, false)]
    [InlineData("silo/A/A.cs", 61, true)]
    [InlineData("tests/A/A.cs", 80, false)]
    [InlineData("tests/A/A.cs", 81, true)]
    public void A_long_method_is_found(string path, int lines, bool found)
    {
        var body = string.Concat(Enumerable.Repeat("x++;\n", lines - 2));
        Assert.Equal(found, SizeRules.LongMethods(new(path, $"class A {{ void M(int x)\n{{\n{body}}} }}")).Any());
        Assert.Equal(found, SizeRules.LongMethods(new(path, $"class A {{ int P {{ get\n{{\n{body}}} }} }}")).Any());
        Assert.Equal(found, SizeRules.LongMethods(new(path, $"class A {{ A()\n{{\n{body}}} }}")).Any());
        Assert.Equal(found, SizeRules.LongMethods(new(path, $"while (true) {{\n{body}}}")).Any());
        Assert.Equal(found, SizeRules.LongMethods(new(path, $"class A {{ Action<int> _a = x => {{\n{body}}}; }}")).Any());
    }

    [Fact]
    public void A_seventh_parameter_is_found_except_in_constructors_and_foreign_signatures()
    {
        const string seven = "int a, int b, int c, int d, int e, int f, int g";
        var file = new SourceFile("silo/A/A.cs", $$"""
            record R({{seven}});
            class A({{seven}})
            {
                A({{seven}}, int h) : this(a, b, c, d, e, f, g) { }
                [LibraryImport("c")] static partial void Call({{seven}});
                protected override void Given({{seven}}) { }
                void Six(int a, int b, int c, int d, int e, int f) { }
                void Seven({{seven}}) { }
            }
            """);
        Gate.Finds(SizeRules.ManyParameters(file), 8);
    }

    [Fact]
    public void A_fourth_level_is_found_once_and_else_if_is_no_level()
    {
        var file = new SourceFile("silo/A/A.cs", """
            class A
            {
                void Fine(bool a) { if (a) { } else if (!a) { } else if (a) { foreach (var x in y) { try { } finally { } } } }
                void Deep(bool a)
                {
                    while (a) { for (;;) { try {
                        if (a) { do { } while (a); }
                    } finally { } } }
                }
            }
            """);
        Gate.Finds(SizeRules.DeepNesting(file), 7);
    }

    [Theory]
    [InlineData("class SensorManager;")]
    [InlineData("interface ISensorService;")]
    [InlineData("static class TimeUtils;")]
    [InlineData("record ParseHelper(int A);")]
    [InlineData("delegate void MoveHelper();")]
    public void A_banned_name_is_found(string code) => Gate.Finds(NameRules.BannedNames(new("silo/A/A.cs", code)), 1);

    [Fact]
    public void A_word_of_a_protocol_is_no_banned_name() => Assert.Empty(NameRules.BannedNames(new("silo/A/A.cs", "enum QualityOfService;")));

    [Fact]
    public void A_folder_named_after_a_kind_is_found()
    {
        Gate.Finds(NameRules.BannedFolderNames(new("silo/Quartier.Api/Models/A.cs", "class A;")), 1);
        Assert.Empty(NameRules.BannedFolderNames(new("silo/Quartier.Api/Districts/A.cs", "class A;")));
    }

    [Fact]
    public void A_second_type_in_a_file_is_found()
    {
        Gate.Finds(NameRules.TypesOutsideTheirFile(new("silo/A/A.cs", "namespace N;\nclass A { class Inner; }\nclass A<T>;\nenum B { }")), 4);
        Gate.Finds(NameRules.TypesOutsideTheirFile(new("silo/A/Other.cs", "namespace N;\ndelegate void A();")), 2);
        Gate.Finds(NameRules.TypesOutsideTheirFile(new("tests/A/Other.cs", "class A;\nclass B;")), 1);
    }

    [Fact]
    public void A_part_of_a_type_a_program_and_a_fixture_may_share_a_file()
    {
        Assert.Empty(NameRules.TypesOutsideTheirFile(new("silo/A/A.Read.cs", "partial class A;")));
        Assert.Empty(NameRules.TypesOutsideTheirFile(new("silo/A/Program.cs", "return 0;\nclass Options;")));
        Assert.Empty(NameRules.TypesOutsideTheirFile(new("tests/A/ATests.cs", "class ATests;\nclass Fixture;")));
        Assert.Empty(NameRules.TypesOutsideTheirFile(new("silo/A/GlobalUsings.cs", "global using System;")));
    }

    [Fact]
    public void A_lonely_interface_is_found_unless_it_is_a_port_or_the_programming_model()
    {
        SourceFile[] files =
        [
            new("silo/A/ILonely.cs", "interface ILonely;"),
            new("silo/A/IShared.cs", "interface IShared<T>;"),
            new("silo/A/One.cs", "class One : ILonely, IShared<int>;"),
            new("tests/A/Two.cs", "class Two : Base, N.IShared<string>;\ninterface ITestsOnly;"),
            new("grains/Quartier.Contracts/IPort.cs", "public interface IPort;"),
            new("engine/Quartier.Engine/IGrain.cs", "public interface IGrain;"),
        ];
        var found = Assert.Single(InterfaceRules.LonelyInterfaces(files));
        Assert.Equal("silo/A/ILonely.cs", found.Path);
    }

    [Fact]
    public void An_open_class_is_found_unless_something_derives_from_it()
    {
        SourceFile[] files =
        [
            new("silo/A/A.cs", "class A : Base;\nabstract class B;\nstatic class C;\nsealed record D;\nrecord struct E;"),
            new("silo/A/Base.cs", "class Base;"),
            new("engine/Quartier.Engine/Options.cs", "public class Options;"),
            new("tests/A/Fixture.cs", "class Fixture;"),
        ];
        var found = Assert.Single(DesignRules.OpenClasses(files));
        Assert.Equal(("silo/A/A.cs", 1), (found.Path, found.Line));
    }

    [Theory]
    [InlineData("catch { }", true)]
    [InlineData("catch (Exception) { Count++; }", true)]
    [InlineData("catch (System.Exception e) { return; }", true)]
    [InlineData("catch (Exception e) { Log.Failed(e); }", false)]
    [InlineData("catch { throw; }", false)]
    [InlineData("catch (Exception e) when (IsExpected(e)) { }", false)]
    [InlineData("catch (OperationCanceledException) { }", false)]
    public void A_swallowed_error_is_found(string clause, bool found)
    {
        var file = new SourceFile("silo/A/A.cs", $"class A {{ void M() {{ try {{ }} {clause} }} }}");
        Assert.Equal(found, DesignRules.SwallowedErrors(file).Any());
    }
}
