using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registry;

/// <summary>
/// The registry has two doors: the city's file, and what the SensorThings API registers beside it. Joins both into one city, by the same checks for
/// both. Neither may name what the other has registered.
/// </summary>
public static class RegistryDoors
{
    /// <summary>The gateway to which sensors belong that the API registers.</summary>
    public const string Gateway = "sensorthings";

    /// <summary>The type of assets that the API registers.</summary>
    public const string ThingType = "sensorthings-thing";

    /// <summary>Most entries beside a file: joined within a tenth of a second; beyond, a file is the better place.</summary>
    public const int MaxAdditions = 50_000;

    private static readonly AssetTypeDefinition s_thing = new(
        ThingType,
        new("Objekt der SensorThings-Schnittstelle", "Thing of the SensorThings API"),
        [],
        [],
        [],
        [new("registered", new("registriert", "registered"), null)],
        string.Empty,
        []);

    /// <summary>The city that both make together.</summary>
    /// <param name="file">What the file defines.</param>
    /// <param name="additions">What is registered beside it.</param>
    public static RegistryReading Join(CityDefinition file, ImmutableArray<RegistryAddition> additions) => Join(file, additions, null);

    /// <summary>The snapshot that both make together; null with what is wrong.</summary>
    /// <param name="file">What the file defines.</param>
    /// <param name="additions">What is registered beside it.</param>
    /// <param name="version">The version that it gets.</param>
    /// <param name="problems">What is wrong; empty with a snapshot.</param>
    public static RegistrySnapshot? Snapshot(
        CityDefinition file, ImmutableArray<RegistryAddition> additions, long version, out ImmutableArray<RegistryProblem> problems)
    {
        var joined = Join(file, additions, null);
        problems = joined.Problems;
        return joined.City is { } city ? new(city, version) { File = file, Additions = additions } : null;
    }

    /// <summary>The snapshot after a change of what is registered beside the file. Only what changes is read anew.</summary>
    /// <param name="current">What is in force.</param>
    /// <param name="changes">What is added or replaced, and with a null text, what is removed.</param>
    /// <param name="problems">What is wrong; empty with a snapshot.</param>
    public static RegistrySnapshot? Amend(
        RegistrySnapshot current, ImmutableArray<RegistryAddition> changes, out ImmutableArray<RegistryProblem> problems)
    {
        var list = new ProblemList();
        var additions = AdditionList.Amend(current.Additions, changes, list);
        var joined = list.Any ? new(null, list.ToImmutable()) : Join(current.File, additions, current);
        problems = joined.Problems;
        return joined.City is { } city ? new(city, current.Version + 1) { File = current.File, Additions = additions } : null;
    }

    private static RegistryReading Join(CityDefinition file, ImmutableArray<RegistryAddition> additions, RegistrySnapshot? known)
    {
        if (additions.IsEmpty)
        {
            return new(file, []);
        }

        var problems = new ProblemList();
        if (additions.Length > MaxAdditions)
        {
            problems.Add(0, 0, $"{additions.Length} things are registered beside the file; at most {MaxAdditions} are taken. Register further ones in the file");
            return new(null, problems.ToImmutable());
        }

        var reader = new AdditionReader(Completed(file, problems), known, problems);
        var city = reader.Read(additions);
        return new(problems.Any ? null : city, problems.ToImmutable());
    }

    /// <summary>The file with what the API's own entries refer to.</summary>
    private static CityDefinition Completed(CityDefinition file, ProblemList problems)
    {
        if (file.AssetTypes.Any(t => string.Equals(t.Id, ThingType, StringComparison.Ordinal)))
        {
            problems.Add(0, 0, $"the file defines the asset type '{ThingType}', which is the SensorThings API's own; give it another id");
        }

        var isDeclared = file.Gateways.Any(g => string.Equals(g.Id, Gateway, StringComparison.Ordinal));
        return file with
        {
            Gateways = isDeclared ? file.Gateways : file.Gateways.Add(new(Gateway, "SensorThings API", file.Offices[0].Id)),
            AssetTypes = file.AssetTypes.Add(s_thing),
        };
    }
}
