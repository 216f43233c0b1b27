using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;

namespace Domain.Tests.Policies;

/// <summary>The decision of docs/policy.md as simply as it can be written: lists, words and no preparation.</summary>
internal static class NaiveDecision
{
    public static (DenialReason Reason, string? Purpose, string? Grant, ReadObligations? Obligations) Decide(
        PolicyDefinition policy, RegistrySnapshot registry, string district, ReadRequest request, long now)
    {
        var who = request.Principal;
        if (now >= who.UntilMs)
        {
            return (DenialReason.CredentialEnded, null, null, null);
        }

        var sensor = registry.City.Sensors.FirstOrDefault(s => $"{s.Gateway}/{s.Id}" == request.Sensor && s.District == district);
        if (sensor is null || sensor.Datastreams.All(d => d.Property != request.Property))
        {
            return (DenialReason.NotRegistered, null, null, null);
        }

        var stream = policy.Streams.FirstOrDefault(s => s.Match.Any(m => Matches(m, $"{request.Sensor}/{request.Property}")));
        if (stream is null)
        {
            return (DenialReason.Quarantine, null, null, null);
        }

        var contract = policy.Contracts.FirstOrDefault(c => c.Id == who.Contract);
        if (who.Kind == PrincipalKind.System && (contract is null || now >= contract.UntilMs))
        {
            return (DenialReason.ContractEnded, null, null, null);
        }

        if (contract is not null && !contract.Streams.Contains(stream.Id))
        {
            return (DenialReason.OutsideContract, null, null, null);
        }

        var mine = policy.Grants
            .Where(g => g.Streams.Contains(stream.Id) && g.Principals.Any(p => Is(who, p)) && policy.Purposes.Any(p => p.Id == g.Purpose))
            .ToList();
        var (purpose, failure) = PurposeOf(policy, request, contract, mine, g => now < g.UntilMs && Covers(g, sensor));
        return purpose is null
            ? (failure, null, null, null)
            : For(purpose, policy, new Asked(request, stream, contract, sensor, now), [.. mine.Where(g => g.Purpose == purpose)]);
    }

    private static (string? Purpose, DenialReason Failure) PurposeOf(
        PolicyDefinition policy, ReadRequest request, ContractDefinition? contract, List<GrantDefinition> mine, Func<GrantDefinition, bool> couldApply)
    {
        if (request.Purpose is { } stated)
        {
            return policy.Purposes.Any(p => p.Id == stated) ? (stated, default) : (null, DenialReason.PurposeUnknown);
        }

        if (request.Principal.Kind == PrincipalKind.Person)
        {
            return (null, DenialReason.PurposeMissing);
        }

        var held = contract?.Purposes.Where(p => policy.Purposes.Any(k => k.Id == p)).ToList();
        if (held is [var only])
        {
            return (only, default);
        }

        var candidates = mine.Where(g => held is null || held.Contains(g.Purpose)).ToList();
        if (candidates.Any(couldApply))
        {
            candidates = [.. candidates.Where(couldApply)];
        }

        return candidates.Select(g => g.Purpose).Distinct().ToList() switch
        {
            [] => (null, DenialReason.NoGrant),
            [var single] => (single, default),
            _ => (null, DenialReason.PurposeMissing),
        };
    }

    private static (DenialReason Reason, string? Purpose, string? Grant, ReadObligations? Obligations) For(
        string purpose, PolicyDefinition policy, Asked asked, List<GrantDefinition> grants)
    {
        var (request, stream, contract, sensor, now) = asked;
        if (contract is not null && !contract.Purposes.Contains(purpose))
        {
            return (DenialReason.OutsideContract, purpose, null, null);
        }

        if (!stream.Purposes.Contains(purpose))
        {
            return (DenialReason.PurposeMismatch, purpose, null, null);
        }

        var denial = policy.Denials.OrderBy(d => d.Id, StringComparer.Ordinal).FirstOrDefault(d =>
            d.Principals.Any(p => Is(request.Principal, p))
            && (d.Streams.IsEmpty || d.Streams.Contains(stream.Id))
            && (d.Purposes.IsEmpty || d.Purposes.Contains(purpose)));
        if (denial is not null)
        {
            return (DenialReason.DeniedByPolicy, purpose, denial.Id, null);
        }

        if (grants.Count == 0)
        {
            return (DenialReason.NoGrant, purpose, null, null);
        }

        DenialReason[] fromNearToFar = [DenialReason.OutsideArea, DenialReason.GrantExpired, DenialReason.CellsOnly, DenialReason.TooFine, DenialReason.None];
        var (reason, grant) = grants.Select(g => (Reason: Judge(g, sensor, request, now), Grant: g))
            .OrderByDescending(g => Array.IndexOf(fromNearToFar, g.Reason))
            .ThenBy(g => g.Grant.Floor)
            .ThenBy(g => g.Grant.Id, StringComparer.Ordinal)
            .First();
        if (reason != DenialReason.None)
        {
            return (reason, purpose, grant.Id, null);
        }

        var until = new[] { grant.UntilMs, request.Principal.UntilMs, contract?.UntilMs ?? long.MaxValue }.Min();
        var units = grant.Scope == ReadScope.Cell ? (policy.Publication ?? PublicationDefinition.Default).MinimumUnits : 1;
        return (reason, purpose, grant.Id, new(grant.Floor, grant.Scope, units, grant.RowLimit, grant.Redactions, until, grant.Onward));
    }

    private static DenialReason Judge(GrantDefinition grant, SensorDefinition sensor, ReadRequest request, long now) =>
        !Covers(grant, sensor) ? DenialReason.OutsideArea
        : now >= grant.UntilMs ? DenialReason.GrantExpired
        : grant.Scope == ReadScope.Cell && request.Scope == ReadScope.Sensor ? DenialReason.CellsOnly
        : request.Resolution < grant.Floor ? DenialReason.TooFine
        : DenialReason.None;

    /// <summary>Random areas are rectangles with a corner at the origin.</summary>
    private static bool Covers(GrantDefinition grant, SensorDefinition sensor) =>
        grant.Area.IsEmpty
        || (sensor.Location is { } at && at.Longitude <= grant.Area.Max(p => p.Longitude) && at.Latitude <= grant.Area.Max(p => p.Latitude));

    private static bool Is(Principal who, string reference) => reference.Split(':') switch
    {
        ["public"] => true,
        ["person", var id] => who.Kind == PrincipalKind.Person && who.Id == id,
        ["office", var id] => who.Kind == PrincipalKind.Person && who.Offices.Contains(id),
        ["contract", var id] => who.Kind == PrincipalKind.System && who.Contract == id,
        ["role", "operator"] => who.Kind == PrincipalKind.Person && who.Roles.Contains(Role.Operator),
        ["role", "data-protection-officer"] => who.Kind == PrincipalKind.Person && who.Roles.Contains(Role.DataProtectionOfficer),
        _ => throw new InvalidOperationException(reference),
    };

    /// <summary>Levels that are '*' alone or have one '*' at their end.</summary>
    private static bool Matches(string pattern, string datastream) =>
        pattern.Split('/').Zip(datastream.Split('/')).All(l => l.First.EndsWith('*') ? l.Second.StartsWith(l.First[..^1], StringComparison.Ordinal) : l.First == l.Second);

    private sealed record Asked(ReadRequest Request, StreamPolicy Stream, ContractDefinition? Contract, SensorDefinition Sensor, long Now);
}
