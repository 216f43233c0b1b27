using Architecture.Tree;

namespace Architecture.Grains;

public sealed class GrainTests
{
    private static IEnumerable<SourceFile> Grains => Repository.Current.CSharp.Where(file => file.IsUnder("grains"));

    [Fact]
    public void Grains_are_sealed() => Gate.Holds(Grains.SelectMany(GrainRules.OpenGrains));

    [Fact]
    public void Grains_are_the_same_for_both_engines() => Gate.Holds(Grains.SelectMany(GrainRules.Conditionals));

    [Fact]
    public void Grains_stay_in_their_turn() => Gate.Holds(Grains.Where(file => file.IsUnder("grains/Quartier.Grains")).SelectMany(GrainRules.Escapes));

    [Fact]
    public void Libraries_say_where_an_await_continues() =>
        Gate.Holds(Repository.Current.CSharp.Where(AwaitRules.Applies).SelectMany(AwaitRules.UnsaidContinuations));

    [Theory]
    [InlineData("internal class A : Grain, IA { }", true)]
    [InlineData("internal class A : Orleans.Grain<int> { }", true)]
    [InlineData("internal sealed class A : Grain, IA { }", false)]
    [InlineData("internal class A : Granary { }", false)]
    public void An_open_grain_is_found(string code, bool found) => Assert.Equal(found, GrainRules.OpenGrains(Grain(code)).Any());

    [Fact]
    public void A_conditional_is_found() => Gate.Finds(GrainRules.Conditionals(Grain("class A\n{\n#if ORLEANS\n#endif\n}")), 3);

    [Theory]
    [InlineData("await x.ConfigureAwait(false);")]
    [InlineData("lock (x) { }")]
    [InlineData("Task.Run(() => 1);")]
    [InlineData("System.Threading.Tasks.Task.Factory.StartNew(x);")]
    [InlineData("x.Wait();")]
    [InlineData("x.GetAwaiter().GetResult();")]
    public void An_escape_from_the_turn_is_found(string statement) =>
        Gate.Finds(GrainRules.Escapes(Grain($"class A\n{{\nvoid M() {{ {statement} }}\n}}")), 3);

    [Theory]
    [InlineData("await x;")]
    [InlineData("queue.Wait(reading);")]
    public void What_stays_in_the_turn_is_no_escape(string statement) =>
        Assert.Empty(GrainRules.Escapes(Grain($"class A {{ async Task M() {{ {statement} }} }}")));

    [Theory]
    [InlineData("silo/Quartier.Mqtt/A.cs", "await x;", true)]
    [InlineData("silo/Quartier.Mqtt/A.cs", "await x.ConfigureAwait(true);", false)]
    [InlineData("silo/Quartier.Storage/A.cs", "await x.ConfigureAwait(true);", true)]
    [InlineData("silo/Quartier.Mqtt/A.cs", "await foreach (var a in x) { }", true)]
    [InlineData("silo/Quartier.Mqtt/A.cs", "await x.M(y).ConfigureAwait(false);", false)]
    [InlineData("silo/Quartier.Mqtt/A.cs", "await (x.M(y).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing));", false)]
    [InlineData("silo/Quartier.Mqtt/A.cs", "await foreach (var a in x.ConfigureAwait(false)) { }", false)]
    [InlineData("silo/Quartier.Mqtt/A.cs", "await Task.Yield();", false)]
    [InlineData("silo/Quartier.Mqtt/A.cs", "await using var a = x;", false)]
    [InlineData("engine/Quartier.Engine/A.cs", "await x;", true)]
    [InlineData("engine/Quartier.Engine/A.cs", "await x.ConfigureAwait(true);", false)]
    public void An_unsaid_continuation_is_found(string path, string statement, bool found)
    {
        var file = new SourceFile(path, $"class A {{ async Task M() {{ {statement} }} }}");
        Assert.True(AwaitRules.Applies(file));
        Assert.Equal(found, AwaitRules.UnsaidContinuations(file).Any());
    }

    private static SourceFile Grain(string code) => new("grains/Quartier.Grains/A.cs", code);
}
