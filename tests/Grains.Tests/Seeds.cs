using Domain.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace Grains.Tests;

/// <summary>Runs a property over many seeds; the seed that fails is printed, and fails again.</summary>
internal static class Seeds
{
    public static void ForAll(Action<int> property, int runs) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), property).Check(Draws.Of(runs));
}
