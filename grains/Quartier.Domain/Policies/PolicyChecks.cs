using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Registry;

namespace Quartier.Domain.Policies;

/// <summary>One run of the checks of a document against the registry and what it inherits.</summary>
internal sealed class PolicyChecks
{
    private readonly PolicyDefinition _document;
    private readonly PolicyDefinition? _city;
    private readonly PolicyDefinition _merged;
    private readonly RegistrySnapshot _registry;
    private readonly PolicyPlaces _places;
    private readonly ProblemList _problems = new();
    private readonly HashSet<string> _offices;

    public PolicyChecks(PolicyDefinition document, PolicyDefinition? city, RegistrySnapshot registry, PolicyPlaces places)
    {
        _document = document;
        _city = city;
        _registry = registry;
        _places = places;
        _merged = city is null ? document : PolicyInheritance.Merge(city, 0, document, 0, document.District!).Merged;
        _offices = new HashSet<string>(registry.City.Offices.Select(o => o.Id), StringComparer.Ordinal);
    }

    public ImmutableArray<RegistryProblem> Run()
    {
        if (CheckPlace())
        {
            CheckOverrides("purposes", _document.Purposes, _city?.Purposes, p => p.Id, p => p.Override);
            CheckOverrides("streams", _document.Streams, _city?.Streams, s => s.Id, s => s.Override);
            CheckOverrides("grants", _document.Grants, _city?.Grants, g => g.Id, g => g.Override);
            CheckSums("denials", _document.Denials.Select(d => d.Id), _city?.Denials.Select(d => d.Id));
            CheckSums("noSensing", _document.Zones.Select(z => z.Id), _city?.Zones.Select(z => z.Id));
            CheckReferences();
            CheckGrants();
            new SensorChecks(_document, _merged, _registry, Add).Run();
        }

        return _problems.ToImmutable();
    }

    /// <summary>False when the document is for another place: all else would be consequences.</summary>
    private bool CheckPlace()
    {
        if (!Is(_document.City, _registry.City.Id))
        {
            Add("/city", $"the policy is for the city '{_document.City}'; this one is '{_registry.City.Id}'{Spelling.Hint(_document.City, [_registry.City.Id])}");
            return false;
        }

        if (_document.District is { } district && _registry.District(district) is null)
        {
            Add("/district", $"there is no district '{district}' in {_document.City}{Spelling.Hint(district, _registry.City.Districts.Select(d => d.Id))}");
            return false;
        }

        return true;
    }

    private void CheckOverrides<T>(string key, ImmutableArray<T> own, ImmutableArray<T>? inherited, Func<T, string> id, Func<T, bool> overrides)
    {
        var known = new HashSet<string>((inherited ?? []).Select(id), StringComparer.Ordinal);
        foreach (var entry in own)
        {
            if (known.Contains(id(entry)) && !overrides(entry))
            {
                Add($"/{key}/{id(entry)}/id", $"'{id(entry)}' stands in the city's document too; say 'override: true' to replace it in this district, or choose another id");
            }
            else if (_document.District is not null && overrides(entry) && !known.Contains(id(entry)))
            {
                Add($"/{key}/{id(entry)}/override", $"there is nothing to override: the city's document has no '{id(entry)}'{Spelling.Hint(id(entry), known)}");
            }
        }
    }

    /// <summary>What adds up cannot be replaced, so an id that stands in both documents would hide which one is meant.</summary>
    private void CheckSums(string key, IEnumerable<string> own, IEnumerable<string>? inherited)
    {
        var known = new HashSet<string>(inherited ?? [], StringComparer.Ordinal);
        foreach (var id in own.Where(known.Contains))
        {
            Add($"/{key}/{id}/id", $"'{id}' stands in the city's document too, which a district can only add to; choose another id");
        }
    }

    private void CheckReferences()
    {
        var purposes = new HashSet<string>(_merged.Purposes.Select(p => p.Id), StringComparer.Ordinal);
        var streams = new HashSet<string>(_merged.Streams.Select(s => s.Id), StringComparer.Ordinal);
        foreach (var purpose in _document.Purposes)
        {
            Known("office", _offices, $"/purposes/{purpose.Id}/office", purpose.Office);
        }

        foreach (var stream in _document.Streams)
        {
            Known("office", _offices, $"/streams/{stream.Id}/office", stream.Office);
            KnownAll("purpose", purposes, $"/streams/{stream.Id}/purposes", stream.Purposes);
        }

        foreach (var grant in _document.Grants)
        {
            Known("purpose", purposes, $"/grants/{grant.Id}/purpose", grant.Purpose);
            KnownAll("stream entry", streams, $"/grants/{grant.Id}/streams", grant.Streams);
            CheckPrincipals($"/grants/{grant.Id}/principals", grant.Principals);
        }

        foreach (var denial in _document.Denials)
        {
            KnownAll("stream entry", streams, $"/denials/{denial.Id}/streams", denial.Streams);
            KnownAll("purpose", purposes, $"/denials/{denial.Id}/purposes", denial.Purposes);
            CheckPrincipals($"/denials/{denial.Id}/principals", denial.Principals);
        }

        foreach (var contract in _document.Contracts)
        {
            KnownAll("stream entry", streams, $"/contracts/{contract.Id}/streams", contract.Streams);
            KnownAll("purpose", purposes, $"/contracts/{contract.Id}/purposes", contract.Purposes);
        }
    }

    private void CheckPrincipals(string path, ImmutableArray<string> principals)
    {
        const string office = "office:";
        const string contract = "contract:";
        var contracts = new HashSet<string>(_merged.Contracts.Select(c => c.Id), StringComparer.Ordinal);
        foreach (var principal in principals)
        {
            if (principal.StartsWith(office, StringComparison.Ordinal))
            {
                Known("office", _offices, $"{path}/{principal}", principal[office.Length..]);
            }
            else if (principal.StartsWith(contract, StringComparison.Ordinal))
            {
                Known("contract", contracts, $"{path}/{principal}", principal[contract.Length..]);
            }
        }
    }

    /// <summary>A grant that can never permit, or that opens more than the class of a stream allows. Inherited grants are looked at too: an overridden stream may change.</summary>
    private void CheckGrants()
    {
        var streams = _merged.Streams.DistinctBy(s => s.Id, StringComparer.Ordinal).ToDictionary(s => s.Id, StringComparer.Ordinal);
        foreach (var grant in _merged.Grants)
        {
            foreach (var id in grant.Streams)
            {
                if (!streams.TryGetValue(id, out var stream))
                {
                    continue;
                }

                if (!stream.Purposes.Contains(grant.Purpose) && _merged.Purposes.Any(p => Is(p.Id, grant.Purpose)))
                {
                    Add(
                        $"/grants/{grant.Id}/streams/{id}",
                        $"the grant '{grant.Id}' gives '{id}' for '{grant.Purpose}', but '{id}' is collected for {string.Join(", ", stream.Purposes)} only");
                }

                if (stream.Class != DataClass.Public && grant.Scope == Quartier.Contracts.Districts.ReadScope.Sensor && grant.Principals.Contains("public"))
                {
                    Add(
                        $"/grants/{grant.Id}/streams/{id}",
                        $"the grant '{grant.Id}' opens single sensors of '{id}' to the public, but its class is {PolicyWords.Of(stream.Class)}; grant 'scope: cell', or make its class public");
                }
            }
        }
    }

    private void KnownAll(string kind, HashSet<string> known, string path, ImmutableArray<string> ids)
    {
        foreach (var id in ids)
        {
            Known(kind, known, $"{path}/{id}", id);
        }
    }

    private void Known(string kind, HashSet<string> known, string path, string id)
    {
        if (!known.Contains(id))
        {
            Add(path, $"there is no {kind} '{id}'{Spelling.Hint(id, known)}");
        }
    }

    private void Add(string path, string message)
    {
        var (line, column) = _places.Of(path);
        _problems.Add(line, column, message);
    }

    private static bool Is(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);
}
