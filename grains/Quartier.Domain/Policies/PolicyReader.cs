using System.Collections.Immutable;
using System.Globalization;
using Quartier.Contracts.Policies;
using Quartier.Domain.Registry;

namespace Quartier.Domain.Policies;

/// <summary>Reads a policy document.</summary>
internal sealed class PolicyReader
{
    /// <summary>The format that this program reads.</summary>
    public const int Format = 1;

    public const int MaxPurposes = 200;
    public const int MaxStreams = 1000;
    public const int MaxGrants = 2000;
    public const int MaxDenials = 1000;
    public const int MaxContracts = 500;
    public const int MaxZones = 500;

    public static readonly string[] Keys =
        ["policy", "city", "district", "purposes", "streams", "grants", "denials", "contracts", "noSensing", "publication"];

    public static readonly string[] PurposeKeys = ["id", "name", "legalBasis", "office", "question", "reviewDay", "override"];

    public static readonly string[] DenialKeys = ["id", "principals", "streams", "purposes", "because"];

    public static readonly string[] ContractKeys = ["id", "partner", "streams", "purposes", "onward", "until"];

    public static readonly string[] ZoneKeys = ["id", "name", "because", "outline"];

    public static readonly string[] PublicationKeys = ["minimumUnits", "perturbationVariance", "perturbationMax", "roundTo", "gridMetres"];

    private readonly Section _document;
    private readonly PolicyPlaces _places;
    private readonly ProblemList _problems;
    private readonly EntryLists _lists;

    public PolicyReader(YamlNode root, PolicyPlaces places, ProblemList problems)
    {
        _document = new Section(root, "the policy", Keys, problems);
        _places = places;
        _problems = problems;
        _lists = new EntryLists(problems);
    }

    /// <summary>The document; of use only when no problem was found.</summary>
    public PolicyDefinition Read()
    {
        _document.RequiredInteger("policy", Format, Format);
        var city = _document.Id("city");
        var district = _document.Find("district") is null ? null : _document.Id("district");
        _places.Note("", _document.Node);
        var policy = new PolicyDefinition(
            city,
            district,
            ReadAll("purposes", "a purpose", PurposeKeys, MaxPurposes, ReadPurpose),
            ReadAll("streams", "a stream entry", StreamEntryReader.Keys, MaxStreams, new StreamEntryReader(_lists, _problems).Read),
            ReadAll("grants", "a grant", GrantReader.Keys, MaxGrants, new GrantReader(_lists).Read),
            ReadAll("denials", "a denial", DenialKeys, MaxDenials, ReadDenial),
            ReadAll("contracts", "a contract", ContractKeys, MaxContracts, ReadContract),
            ReadAll("noSensing", "a no-sensing zone", ZoneKeys, MaxZones, ReadZone),
            ReadPublication());
        CheckDistrict(policy);
        GrantConflicts.Find(policy.Grants, _places, _problems);
        return policy;
    }

    private ImmutableArray<T> ReadAll<T>(string key, string what, string[] keys, int most, Func<Section, T> read)
    {
        var items = _document.Items(key);
        if (items.Count > most)
        {
            _document.Problem(key, $"{items.Count} entries under '{key}'; at most {most} are accepted");
            return [];
        }

        var all = ImmutableArray.CreateBuilder<T>(items.Count);
        var known = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            var section = new Section(item, what, keys, _problems);
            if (item.Kind != YamlKind.Mapping)
            {
                continue;
            }

            var id = section.Id("id");
            if (!known.TryAdd(id, item) && id.Length > 0)
            {
                section.Problem("id", $"{what} with the id '{id}' stands in line {known[id].Line} already");
            }

            _places.Note($"/{key}/{id}", item);
            all.Add(read(section));
        }

        return all.ToImmutable();
    }

    private PurposeDefinition ReadPurpose(Section purpose)
    {
        var reviewDay = purpose.Text("reviewDay");
        if (reviewDay.Length > 0 && !DateOnly.TryParseExact(reviewDay, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            purpose.Problem("reviewDay", $"'reviewDay' is '{reviewDay}'; an ISO date was expected, such as 2027-06-30");
        }

        return new PurposeDefinition(
            purpose.OptionalText("id") ?? "",
            purpose.Text("name"),
            purpose.Text("legalBasis"),
            purpose.Id("office"),
            purpose.Text("question"),
            reviewDay,
            purpose.Flag("override"));
    }

    private DenyDefinition ReadDenial(Section denial) => new(
        denial.OptionalText("id") ?? "",
        _lists.Principals(denial),
        _lists.Ids(denial, "streams", 0, EntryLists.MaxStreams),
        _lists.Ids(denial, "purposes", 0, EntryLists.MaxPurposes),
        denial.Text("because"));

    private ContractDefinition ReadContract(Section contract) => new(
        contract.OptionalText("id") ?? "",
        contract.Text("partner"),
        _lists.Ids(contract, "streams", 1, EntryLists.MaxStreams),
        _lists.Ids(contract, "purposes", 1, EntryLists.MaxPurposes),
        contract.Text("onward"),
        EntryLists.Until(contract));

    private NoSensingZone ReadZone(Section zone)
    {
        var outline = zone.Ring("outline");
        if (zone.Find("outline") is null || outline.IsEmpty)
        {
            zone.Problem("outline", "a no-sensing zone needs 'outline', a closed ring of positions [longitude, latitude]");
        }

        return new NoSensingZone(zone.OptionalText("id") ?? "", zone.Text("name"), zone.Text("because"), outline);
    }

    private PublicationDefinition? ReadPublication()
    {
        if (_document.Find("publication") is not { } node)
        {
            return null;
        }

        var section = new Section(node, "'publication'", PublicationKeys, _problems);
        var (otherwise, grid) = (PublicationDefinition.Default, section.Integer("gridMetres", 0, 10_000) ?? 0);
        if (grid is > 0 and < 250)
        {
            section.Problem("gridMetres", $"'gridMetres' is {grid}; 250 … 10000, or 0 for districts only, were expected");
        }

        var variance = section.Number("perturbationVariance") ?? otherwise.PerturbationVariance;
        if (variance is < 0.5 or > 100)
        {
            section.Problem(
                "perturbationVariance", string.Create(CultureInfo.InvariantCulture, $"'perturbationVariance' is {variance}; 0.5 … 100 were expected"));
        }

        return new PublicationDefinition(
            section.Integer("minimumUnits", 2, 1000) ?? otherwise.MinimumUnits,
            variance,
            section.Integer("perturbationMax", 1, 50) ?? otherwise.PerturbationMax,
            section.Integer("roundTo", 1, 1000) ?? otherwise.RoundTo,
            grid);
    }

    /// <summary>What may stand in a district's document only, or in a city's only.</summary>
    private void CheckDistrict(PolicyDefinition policy)
    {
        if (policy.District is not null && !policy.Contracts.IsEmpty)
        {
            _document.Problem("contracts", "contracts stand in the city's document only; remove 'contracts', or 'district'");
        }

        if (policy.District is not null)
        {
            return;
        }

        var overriding = policy.Purposes.Where(p => p.Override).Select(p => $"/purposes/{p.Id}")
            .Concat(policy.Streams.Where(s => s.Override).Select(s => $"/streams/{s.Id}"))
            .Concat(policy.Grants.Where(g => g.Override).Select(g => $"/grants/{g.Id}"));
        foreach (var path in overriding)
        {
            var (line, column) = _places.Of($"{path}/override");
            _problems.Add(line, column, "the city's document overrides nothing; 'override' is for the documents of districts");
        }
    }
}
