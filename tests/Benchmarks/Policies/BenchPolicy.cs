using System.Globalization;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;

namespace Quartier.Benchmarks.Policies;

/// <summary>A district as large as they come: 10,000 sensors, 50 stream entries, 200 grants, 20 purposes, 20 offices, 10 contracts. The same every time.</summary>
internal sealed class BenchPolicy
{
    public const string District = "mitte";
    public const long Now = 1_798_761_600_000;

    private const int Sensors = 10_000;
    private const int Streams = 50;
    private const int Grants = 200;
    private const int Purposes = 20;
    private const int Offices = 20;
    private const int Contracts = 10;
    private const long YearMs = 31_536_000_000;

    private readonly Random _random = new(20_261_122);

    public RegistrySnapshot Registry()
    {
        var sensors = Enumerable.Range(0, Sensors).Select(i => new SensorDefinition(
            Name("s", i), Name("g", i % 100), District, "", null, "o0", new Location(7 + _random.NextDouble(), 51 + _random.NextDouble()),
            [new DatastreamDefinition(Name("p", i % Streams), "", "1", DataClass.Public, 60_000, null, null, null, 0, 0, 365, "", [], false)], []));
        return new RegistrySnapshot(
            new CityDefinition("bench", "", "UTC", CityClock.Wall, [], [], [new DistrictDefinition(District, "", "o0", 365, [], true)], [], [.. sensors], [], []), 1);
    }

    public EffectivePolicy Policy() => PolicyInheritance.Merge(
        new PolicyDefinition(
            "bench",
            null,
            [.. Enumerable.Range(0, Purposes).Select(i => new PurposeDefinition(Name("for-", i), "", "", "o0", "", "2030-01-01", false))],
            [.. Enumerable.Range(0, Streams).Select(Entry)],
            [.. Enumerable.Range(0, Grants).Select(Grant)],
            [.. Enumerable.Range(0, 10).Select(i => new DenyDefinition(Name("n", i), [$"person:{Name("a", i)}"], [Name("e", i)], [], "Because."))],
            [.. Enumerable.Range(0, Contracts).Select(i => new ContractDefinition(Name("c", i), "", [.. Some("e", Streams, 20)], [.. Some("for-", Purposes, 10)], "", Now + YearMs))],
            [],
            null),
        3, null, 0, District);

    public ReadRequest Request(int index)
    {
        var sensor = _random.Next(Sensors);
        return new ReadRequest(
            index % 4 == 0 ? Principal.Public : index % 4 == 1 ? Machine() : Person(),
            _random.Next(4) == 0 ? null : Name("for-", _random.Next(Purposes)),
            $"{Name("g", sensor % 100)}/{Name("s", sensor)}",
            Name("p", sensor % Streams),
            (Resolution)_random.Next(7),
            (ReadScope)_random.Next(2));
    }

    private static StreamPolicy Entry(int index) => new(
        Name("e", index), [$"*/*/{Name("p", index)}"], DataClass.Public, [.. Enumerable.Range(0, Purposes).Select(i => Name("for-", i))], "", "o0",
        new StreamAnswers("", "", "", ""), new RetentionDefinition(90, 0, 0), false, false);

    /// <summary>Most are for an office and ten entries; one in eight is public, one in eight a contract's, one in four for an area.</summary>
    private GrantDefinition Grant(int index) => new(
        Name("r", index),
        (index % 8) switch
        {
            0 => ["public"],
            1 => [$"contract:{Name("c", _random.Next(Contracts))}"],
            2 => ["role:operator", $"person:{Name("a", _random.Next(1000))}"],
            _ => [$"office:{Name("o", _random.Next(Offices))}", $"office:{Name("o", _random.Next(Offices))}"],
        },
        [.. Some("e", Streams, 10)],
        Name("for-", index % Purposes),
        (Resolution)_random.Next(5),
        (ReadScope)_random.Next(2),
        index % 4 == 0 ? [new(7, 51), new(7.8, 51), new(7.8, 52), new(7, 52), new(7, 51)] : [],
        _random.Next(10) == 0 ? Now - 1 : Now + YearMs,
        10_000,
        Redactions.None,
        "No.",
        false);

    private Principal Person() => new(
        PrincipalKind.Person, Name("a", _random.Next(1000)), "", [.. Some("o", Offices, 4)], _random.Next(3) == 0 ? [Role.Operator] : [], null, long.MaxValue);

    private Principal Machine() => new(PrincipalKind.System, "k", "", [], [], Name("c", _random.Next(Contracts)), long.MaxValue);

    private IEnumerable<string> Some(string prefix, int of, int count) =>
        Enumerable.Range(0, of).OrderBy(_ => _random.Next()).Take(count).Select(i => Name(prefix, i));

    private static string Name(string prefix, int index) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{index}");
}
