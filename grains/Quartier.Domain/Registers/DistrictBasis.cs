using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;

namespace Quartier.Domain.Registers;

/// <summary>A district with the policy that holds in it.</summary>
internal sealed class DistrictBasis
{
    private readonly RegisterBasis _basis;
    private readonly HashSet<string> _hidden;
    private StreamMatcher? _matcher;

    /// <summary>A city asks of the same entry for each of its datastreams.</summary>
    private readonly Dictionary<string, (GrantDefinition Grant, string Principal, long UntilMs)[]> _living = new(StringComparer.Ordinal);

    public DistrictBasis(DistrictDefinition district, RegisterBasis basis)
    {
        _basis = basis;
        District = district;
        Effective = basis.Policies?.Districts.GetValueOrDefault(district.Id);
        _hidden = (Policy?.Grants ?? []).Where(HidesPlace).SelectMany(g => g.Streams).ToHashSet(StringComparer.Ordinal);
    }

    public DistrictDefinition District { get; }

    public EffectivePolicy? Effective { get; }

    public PolicyDefinition? Policy => Effective?.Merged;

    /// <summary>The stream entry that covers the datastream; null when it is in quarantine.</summary>
    public StreamPolicy? Entry(SensorDefinition sensor, string property)
    {
        if (Policy is not { } policy)
        {
            return null;
        }

        _matcher ??= new(policy.Streams);
        return _matcher.First(sensor, property) is var index and >= 0 ? policy.Streams[index] : null;
    }

    public PurposeDefinition? Purpose(string id) => Policy?.Purposes.FirstOrDefault(p => Is(p.Id, id));

    public string Partner(string contract) => Policy?.Contracts.FirstOrDefault(c => Is(c.Id, contract))?.Partner ?? contract;

    /// <summary>
    /// Grants of the stream entry that count now, with the principals whom nothing denies it: as the decision has it, without area, which differs
    /// from sensor to sensor.
    /// </summary>
    public IReadOnlyList<(GrantDefinition Grant, string Principal, long UntilMs)> Living(StreamPolicy entry)
    {
        if (!_living.TryGetValue(entry.Id, out var living))
        {
            living = [.. Judge(entry)];
            _living.Add(entry.Id, living);
        }

        return living;
    }

    /// <summary>Whether some grant of the entry, whether it still counts or not, keeps positions from its readers.</summary>
    public bool HidesPlaces(StreamPolicy entry) => _hidden.Contains(entry.Id);

    public static bool HidesPlace(GrantDefinition grant) => grant.Redactions.HasFlag(Redactions.Location);

    private IEnumerable<(GrantDefinition Grant, string Principal, long UntilMs)> Judge(StreamPolicy entry) =>
        from grant in Policy!.Grants
        where grant.UntilMs > _basis.NowMs && grant.Streams.Contains(entry.Id) && entry.Purposes.Contains(grant.Purpose) && Purpose(grant.Purpose) is not null
        from principal in grant.Principals.Distinct(StringComparer.Ordinal)
        where !IsDenied(entry, grant, principal)
        let untilMs = Math.Min(grant.UntilMs, ContractEnd(entry, grant, principal))
        where untilMs > _basis.NowMs
        select (grant, principal, untilMs);

    /// <summary>What everybody is denied, nobody is granted.</summary>
    private bool IsDenied(StreamPolicy entry, GrantDefinition grant, string principal) => Policy!.Denials.Any(d =>
        (d.Principals.Contains(principal) || d.Principals.Contains("public"))
        && (d.Streams.IsEmpty || d.Streams.Contains(entry.Id))
        && (d.Purposes.IsEmpty || d.Purposes.Contains(grant.Purpose)));

    private long ContractEnd(StreamPolicy entry, GrantDefinition grant, string principal)
    {
        if (!Is(RegisterWords.Kind(principal), "contract"))
        {
            return long.MaxValue;
        }

        var contract = Policy!.Contracts.FirstOrDefault(c => Is(c.Id, principal["contract:".Length..]));
        return contract is not null && contract.Streams.Contains(entry.Id) && contract.Purposes.Contains(grant.Purpose) ? contract.UntilMs : 0;
    }

    private static bool Is(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);
}
