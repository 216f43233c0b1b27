using FsCheck;
using FsCheck.Fluent;

namespace Domain.Tests;

/// <summary>Runs a property over many seeds; the seed that fails is printed, and fails again.</summary>
internal static class Seeds
{
    public static void ForAll(Action<Random> property, int runs = 300) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => property(new Random(seed)))
            .Check(Draws.Of(runs));
}
