using System.Collections.Immutable;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;
using Quartier.Domain.Registers;

namespace Domain.Tests.Registers;

/// <summary>A town of two districts with a sensor each, whose policy has nothing that a rule for risks finds.</summary>
internal static class RegisterSamples
{
    public const long Now = Definitions.Epoch;

    public static RegistrySnapshot Registry { get; } = new(
        new CityDefinition(
            "town", "Stadt", "Europe/Berlin", CityClock.Wall, [], [new("office", "Amt", "amt@example.org")],
            [new("mitte", "Mitte", "office", 3650, [], true), new("nord", "Nord", "office", 3650, [], true)],
            [new("g", "Gateway", "office")],
            [Sensor("s", "mitte"), Sensor("n", "nord")], [], []),
        4);

    public static StreamPolicy Stream { get; } = new(
        "counts", ["g/*/total"], DataClass.Internal, ["planning"], "Stadtwerke", "office", new("Was", "Wie", "Wer", "Nein"), new(90, 0, 730), false, false);

    public static GrantDefinition Grant { get; } = new(
        "grant", ["office:office"], ["counts"], "planning", Resolution.Hour, ReadScope.Cell, [], Now + Definitions.Day, 100, Redactions.None, "Nein.", false);

    public static ContractDefinition Contract { get; } = new("partner", "Partner", ["counts"], ["planning"], "Keine Weitergabe.", Now + (365 * Definitions.Day));

    public static PolicyDefinition Policy { get; } = new(
        "town", null, [new("planning", "Planung", "§ 1", "office", "Wie viele?", "2027-01-01", false)], [Stream], [Grant], [], [Contract], [], null);

    public static SensorDefinition Sensor(string id, string district) =>
        new(id, "g", district, "Sensor " + id, null, "office", new Location(7.5, 51.5), [Definitions.Stream() with { RetentionDays = 3650 }], []);

    public static RegisterBasis Basis(PolicyDefinition policy, RegistrySnapshot? registry = null, PolicyDefinition? nord = null) => new(
        registry ?? Registry,
        new("town", 1, ImmutableDictionary<string, EffectivePolicy>.Empty
            .Add("nord", PolicyInheritance.Merge(policy, 3, nord, nord is null ? 0 : 1, "nord"))
            .Add("mitte", PolicyInheritance.Merge(policy, 3, null, 0, "mitte"))),
        Now);

    public static RegistrySnapshot With(params SensorDefinition[] sensors) => new(Registry.City with { Sensors = [.. sensors] }, 5);
}
