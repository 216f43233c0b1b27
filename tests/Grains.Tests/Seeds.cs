using FsCheck;
using FsCheck.Fluent;

namespace Grains.Tests;

/// <summary>Runs a property over many seeds; FsCheck prints the seed that fails, and the same seed fails again.</summary>
internal static class Seeds
{
    public static void ForAll(Action<int> property, int runs) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(runs));
}
