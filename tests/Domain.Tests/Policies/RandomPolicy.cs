using System.Collections.Immutable;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;

namespace Domain.Tests.Policies;

/// <summary>Small random policies over a small random city, so that grants, denials and contracts meet often.</summary>
internal static class RandomPolicy
{
    public const long Now = 1_000_000;

    private static readonly string[] PurposeIds = ["p0", "p1", "p2"];
    private static readonly string[] StreamIds = ["s0", "s1", "s2"];
    private static readonly string[] People = ["ann", "ben", "cem"];
    private static readonly string[] Offices = ["o0", "o1"];
    private static readonly string[] Contracts = ["c0", "c1"];

    /// <summary>Six sensors of two gateways in two districts, with and without a position; three properties.</summary>
    public static RegistrySnapshot Registry(Random random)
    {
        var sensors = Enumerable.Range(0, 6).Select(i => new SensorDefinition(
            $"n{i % 3}",
            $"g{i / 3}",
            random.Next(8) == 0 ? "other" : "d",
            "",
            null,
            "o0",
            random.Next(4) == 0 ? null : new Location(random.Next(4), random.Next(4)),
            [.. new[] { "a", "b", "c" }.Select(p => Definitions.Stream(p))],
            []));
        DistrictDefinition[] districts = [new("d", "D", "o0", 100, [], true), new("other", "O", "o0", 100, [], true)];
        return new RegistrySnapshot(
            new CityDefinition("x", "X", "UTC", CityClock.Wall, [], [.. Offices.Select(o => new OfficeDefinition(o, o, ""))], [.. districts], [], [.. sensors], [], []), 1);
    }

    public static PolicyDefinition Policy(Random random) => new(
        "x",
        null,
        [.. PurposeIds.Take(random.Next(1, 4)).Select(p => new PurposeDefinition(p, p, "", "o0", "", "2030-01-01", false))],
        Streams(random),
        [.. Enumerable.Range(0, random.Next(0, 9)).Select(i => Grant(random, $"r{random.Next(10)}x{i}"))],
        [.. Enumerable.Range(0, random.Next(0, 3)).Select(i => Denial(random, $"n{i}"))],
        [.. Contracts.Take(random.Next(0, 3)).Select(c => new ContractDefinition(c, c, Some(random, 1, StreamIds), Some(random, 1, PurposeIds), "", Until(random)))],
        [],
        random.Next(2) == 0 ? null : new PublicationDefinition(random.Next(2, 20), 2, 5, 1, 0));

    public static GrantDefinition Grant(Random random, string id) => new(
        id,
        Principals(random),
        Some(random, 1, StreamIds),
        random.Pick(PurposeIds),
        (Resolution)random.Next(7),
        (ReadScope)random.Next(2),
        random.Next(3) == 0 ? [new(0, 0), new(2, 0), new(2, 2), new(0, 2), new(0, 0)] : [],
        Until(random),
        random.Next(1, 1000),
        (Redactions)random.Next(4),
        "",
        false);

    public static DenyDefinition Denial(Random random, string id) =>
        new(id, Principals(random), Some(random, 0, StreamIds), Some(random, 0, PurposeIds), "Darum.");

    public static ReadRequest Request(Random random) => new(
        Principal(random),
        random.Next(4) == 0 ? null : random.Pick("p0", "p0", "p1", "p1", "p2", "p9"),
        $"g{random.Next(2)}/n{random.Next(random.Next(4) == 0 ? 4 : 3)}",
        random.Pick("a", "a", "b", "b", "c", random.Next(4) == 0 ? "z" : "a"),
        (Resolution)random.Next(7),
        (ReadScope)random.Next(2));

    private static Principal Principal(Random random)
    {
        var untilMs = random.Next(5) == 0 ? Until(random) : long.MaxValue;
        return random.Next(4) switch
        {
            0 => Quartier.Contracts.Principals.Principal.Public,
            1 => new(PrincipalKind.System, "key", "", [], [], random.Next(8) == 0 ? null : random.Pick(Contracts), untilMs),
            _ => new(PrincipalKind.Person, random.Pick(People), "", Some(random, 0, Offices), [.. Roles(random)], null, untilMs),
        };
    }

    private static IEnumerable<Role> Roles(Random random) => Enum.GetValues<Role>().Where(_ => random.Next(4) == 0);

    /// <summary>Entries by property, never overlapping; sometimes a property is left to quarantine.</summary>
    private static ImmutableArray<StreamPolicy> Streams(Random random)
    {
        var entries = ImmutableArray.CreateBuilder<StreamPolicy>();
        for (var i = 0; i < StreamIds.Length; i++)
        {
            if (random.Next(8) > 0)
            {
                var property = "abc"[i];
                string[] match = random.Next(3) == 0 ? [$"g0/*/{property}", $"g1/n*/{property}"] : [$"*/*/{property}"];
                entries.Add(new StreamPolicy(
                    StreamIds[i], [.. match], DataClass.Public, Some(random, 1, PurposeIds), "", "o0", new("", "", "", ""), new(30, 0, 0), false, false));
            }
        }

        return entries.ToImmutable();
    }

    private static ImmutableArray<string> Principals(Random random) => Some(
        random, 1, ["public", "person:ann", "person:ben", "office:o0", "office:o1", "role:operator", "role:data-protection-officer", "contract:c0", "contract:c1"]);

    private static ImmutableArray<string> Some(Random random, int least, string[] items)
    {
        var taken = items.Where(_ => random.Next(3) == 0).ToList();
        return taken.Count >= least ? [.. taken] : [random.Pick(items)];
    }

    /// <summary>Ended, ending this very millisecond, or later.</summary>
    private static long Until(Random random) => Now + random.Pick(-5L, 0L, 1L, 10L, 100L, 1000L);
}
