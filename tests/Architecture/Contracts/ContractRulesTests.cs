using Architecture.Tree;

namespace Architecture.Contracts;

/// <summary>Each rule finds its bad sample. Samples are bound against a few lines that stand for the programming model.</summary>
public sealed class ContractRulesTests
{
    private static readonly SourceFile ProgrammingModel = new("engine/Model.cs", """
        namespace Orleans
        {
            public interface IGrain;
            public sealed class GenerateSerializerAttribute : Attribute;
            public sealed class ImmutableAttribute : Attribute;
            public sealed class AliasAttribute(string alias) : Attribute;
            public sealed class IdAttribute(uint id) : Attribute;
        }
        """);

    [Fact]
    public void A_good_contract_passes()
    {
        var model = Sample("""
            [Alias("good")] public interface IGood : IGrain { [Alias("Do")] Task<Answer?> Do(ImmutableArray<Question> q, IGood other, CancellationToken c); }
            [GenerateSerializer, Immutable, Alias("a")] public sealed record Answer([property: Id(0)] int? A, [property: Id(1)] Kind Kind) { public int B => 1; }
            [GenerateSerializer, Immutable, Alias("q")] public readonly record struct Question([property: Id(0)] string Text);
            public enum Kind : byte { None = 0 }
            public class NotCarried { public List<int> Anything { get; set; } = []; }
            """);
        Assert.Empty(All(model));
        Assert.Equal(["Answer", "Kind", "Question"], model.Messages.Select(m => m.Name));
    }

    [Theory]
    [InlineData("[Alias(\"g\")] public interface IG : IGrain { Task Do(); }")]
    [InlineData("[Alias(\"g\")] public interface IG : IGrain { [Alias(\"A\")] Task A(); [Alias(\"A\")] Task B(); }")]
    [InlineData("[Alias(\"g\")] public interface IG : IGrain { [Alias(\"A\")] void A(); }")]
    [InlineData("[Alias(\"g\")] public interface IG : IGrain { [Alias(\"A\")] Task<int[]> A(); }")]
    [InlineData("[Alias(\"g\")] public interface IG : IGrain { [Alias(\"A\")] Task A(List<int> a); }")]
    [InlineData("[Alias(\"g\")] public interface IG : IGrain { [Alias(\"A\")] Task A(ReadOnlyMemory<byte> a); }")]
    [InlineData("[Alias(\"g\")] public interface IG : IGrain { [Alias(\"A\")] Task A(object a); }")]
    [InlineData("[Alias(\"g\")] public interface IG : IGrain { [Alias(\"A\")] Task A(ImmutableArray<int[]> a); }")]
    [InlineData("public interface IG : IGrain;")]
    public void A_bad_grain_interface_is_found(string code) => Gate.Finds(ContractRules.GrainInterfaces(Sample(code)), 4);

    [Fact]
    public void A_grain_interface_outside_the_contracts_is_found()
    {
        var model = ContractModel.Of([ProgrammingModel, new("grains/Quartier.Grains/IG.cs", "using Orleans; [Alias(\"g\")] internal interface IG : IGrain;")]);
        Gate.Finds(ContractRules.GrainInterfaces(model), 1);
    }

    [Theory]
    [InlineData("[Immutable, Alias(\"m\")] public sealed record M;")]
    [InlineData("[GenerateSerializer, Alias(\"m\")] public sealed record M;")]
    [InlineData("[GenerateSerializer, Immutable] public sealed record M;")]
    [InlineData("[GenerateSerializer, Immutable, Alias(\"m\")] public record M;")]
    [InlineData("[GenerateSerializer, Immutable, Alias(\"m\")] public record struct M;")]
    [InlineData("[GenerateSerializer, Immutable, Alias(\"m\")] public sealed class M;")]
    [InlineData("[GenerateSerializer, Immutable, Alias(\"m\")] public sealed record M { [Id(0)] public int A { get; set; } }")]
    [InlineData("[GenerateSerializer, Immutable, Alias(\"m\")] public sealed record M { [Id(0)] public int A; }")]
    [InlineData("[GenerateSerializer, Immutable, Alias(\"m\")] public sealed record M([property: Id(0)] List<int> A);")]
    [InlineData("[GenerateSerializer, Immutable, Alias(\"m\")] public sealed record M([property: Id(0)] IReadOnlyList<int> A);")]
    [InlineData("[GenerateSerializer, Immutable, Alias(\"m\")] public sealed record M([property: Id(0)] ImmutableArray<int[]> A);")]
    [InlineData("[GenerateSerializer, Immutable, Alias(\"m\")] public sealed record M([property: Id(0)] object A);")]
    [InlineData("public enum M { A }")]
    public void A_bad_message_is_found(string code)
    {
        const string grain = "[Alias(\"g\")] public interface IG : IGrain { [Alias(\"A\")] Task A(M m); } ";
        Assert.Single(ContractRules.Messages(Sample(grain + code)).Select(v => v.Line).Distinct(), 4);
    }

    [Fact]
    public void A_bad_message_inside_another_is_found()
    {
        var model = Sample("""
            [Alias("g")] public interface IG : IGrain { [Alias("A")] Task A(Outer m); }
            [GenerateSerializer, Immutable, Alias("o")] public sealed record Outer([property: Id(0)] ImmutableArray<Inner> Inner);
            [GenerateSerializer, Immutable, Alias("i")] public sealed record Inner([property: Id(0)] int[] A);
            """);
        Gate.Finds(ContractRules.Messages(model), 6);
    }

    [Theory]
    [InlineData("[GenerateSerializer, Alias(\"m\")] public sealed record M(int A);")]
    [InlineData("[GenerateSerializer, Alias(\"m\")] public sealed record M([property: Id(0)] int A, [property: Id(0)] int B);")]
    [InlineData("[GenerateSerializer, Alias(\"m\")] public sealed class M { private int _a; }")]
    [InlineData("[GenerateSerializer] public sealed record M;")]
    public void A_serialised_type_without_ids_or_alias_is_found(string code) => Gate.Finds(ContractRules.Serialized(Sample(code)), 4);

    [Fact]
    public void An_alias_used_twice_is_found() => Gate.Finds(
        ContractRules.Aliases(Sample("[GenerateSerializer, Alias(\"m\")] public sealed record A;\n[GenerateSerializer, Alias(\"m\")] public sealed record B;")), 5);

    [Fact]
    public void A_changed_contract_shows_as_a_readable_difference()
    {
        const string grain = "[Alias(\"g\")] public interface IG : IGrain { [Alias(\"A\")] Task A(M m); } ";
        var before = ContractSnapshot.Write(Sample(grain + "[Alias(\"m\")] public sealed record M([property: Id(0)] int A);"));
        var after = ContractSnapshot.Write(Sample(grain + "[Alias(\"m\")] public sealed record M([property: Id(0)] long A, [property: Id(1)] string? B);"));
        Assert.Empty(ContractSnapshot.Difference(before, before));
        Assert.Equal(["- message M 0 A : int", "+ message M 0 A : long", "+ message M 1 B : string?"], ContractSnapshot.Difference(before, after));
    }

    private static ContractModel Sample(string code) => ContractModel.Of(
    [
        ProgrammingModel,
        new("grains/Quartier.Contracts/Sample.cs", "using System.Collections.Immutable;\nusing Orleans;\nnamespace N;\n" + code),
    ]);

    private static IEnumerable<Violation> All(ContractModel model) =>
    [
        .. ContractRules.GrainInterfaces(model), .. ContractRules.Messages(model), .. ContractRules.Serialized(model), .. ContractRules.Aliases(model),
    ];
}
