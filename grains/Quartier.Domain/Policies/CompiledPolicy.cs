using System.Collections.Concurrent;
using System.Collections.Immutable;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Policies;

/// <summary>
/// What holds in one district, made ready for decisions: for each registered datastream its stream entry and the grants that name it. Immutable;
/// compiled again when the policy or the registry changes. The order of the steps is described in docs/policy.md, "The decision".
/// </summary>
public sealed class CompiledPolicy
{
    private const int MostNumbersOnStack = 64;

    private readonly Dictionary<string, ReadSite[]> _sites;
    private readonly Dictionary<string, int> _purposes;
    private readonly Dictionary<string, CompiledContract> _contracts;
    private readonly PrincipalIndex _principals;
    private readonly DecisionTexts _texts;
    private readonly ConcurrentDictionary<string, ImmutableArray<AlikeStreams>> _alike = new(StringComparer.Ordinal);

    internal CompiledPolicy(PolicyCompilation compilation)
    {
        _sites = compilation.Sites;
        _purposes = compilation.Purposes;
        _contracts = compilation.Contracts;
        _principals = compilation.Principals;
        _texts = compilation.Texts;
    }

    /// <summary>By which versions it decides, such as <c>city 3, district 7</c>; empty without a policy.</summary>
    public string Version => _texts.Version;

    internal DecisionTexts Texts => _texts;

    /// <summary>Compiles what holds in a district.</summary>
    /// <param name="policy">The effective policy; null when there is none: everything is in quarantine then.</param>
    /// <param name="registry">What is registered in the city.</param>
    /// <param name="district">Id of the district; sensors of others are not registered for it.</param>
    public static CompiledPolicy Compile(EffectivePolicy? policy, RegistrySnapshot registry, string district) =>
        new(PolicyCompilation.Of(policy, registry, district));

    /// <summary>The decision where there is no policy: nobody reads what is in quarantine.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="nowMs">The wall clock, in milliseconds since 1970-01-01T00:00:00Z.</param>
    public static ReadDecision Quarantined(ReadRequest request, long nowMs) => request.Principal.UntilMs <= nowMs
        ? DecisionTexts.WithoutPolicy.CredentialEnded(request)
        : DecisionTexts.WithoutPolicy.Quarantine(request);

    /// <summary>The stream entry that matches the datastream; null when it is in quarantine or not registered in the district.</summary>
    /// <param name="sensor">As <c>gateway/sensor</c>.</param>
    /// <param name="property">The datastream's property.</param>
    public StreamPolicy? Stream(string sensor, string property) => Site(sensor, property)?.Stream?.Definition;

    /// <summary>Whether the request is permitted, and why. Pure: the same policy, request and time give the same answer. Deny by default.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="nowMs">The wall clock, in milliseconds since 1970-01-01T00:00:00Z.</param>
    public ReadDecision Decide(ReadRequest request, long nowMs)
    {
        if (request.Principal.UntilMs <= nowMs)
        {
            return _texts.CredentialEnded(request);
        }

        return Site(request.Sensor, request.Property) is { } site ? DecideAt(request, site, nowMs) : _texts.NotRegistered(request);
    }

    /// <summary>
    /// The same for every datastream of the request's property, once for all at the same site: nothing but the site of a datastream goes into a
    /// decision. By the first of each in ordinal order; a denial when nothing of the property is registered.
    /// </summary>
    /// <inheritdoc cref="Decide(ReadRequest, long)"/>
    public ImmutableArray<AlikeDecision> DecideProperty(ReadRequest request, long nowMs)
    {
        var alike = Alike(request.Property);
        return alike.IsEmpty
            ? [Unregistered(request with { Sensor = "*" }, nowMs)]
            : [.. alike.Select(a => new AlikeDecision(Decide(request with { Sensor = a.First }, nowMs), a.Named[0], a.Named, a.Count))];
    }

    /// <summary>Every step of the decision and every grant that names the datastream, with why it did or did not apply; the last step is the decision.</summary>
    /// <inheritdoc cref="Decide(ReadRequest, long)"/>
    public ImmutableArray<StepTried> Explain(ReadRequest request, long nowMs)
    {
        var numbers = new int[PrincipalIndex.Most(request.Principal)];
        var count = _principals.Resolve(request.Principal, numbers);
        var inquiry = new Inquiry(request, nowMs, numbers.AsSpan(0, count));
        return new DecisionWalk(this, Decide(request, nowMs)).Take(inquiry);
    }

    /// <summary>Kept until policy or registry change; only of registered properties, so that nobody fills the memory by asking.</summary>
    private ImmutableArray<AlikeStreams> Alike(string property)
    {
        if (_alike.TryGetValue(property, out var known))
        {
            return known;
        }

        var found = AlikeStreams.Of(Sites, property);
        return found.IsEmpty ? found : _alike.GetOrAdd(property, found);
    }

    private AlikeDecision Unregistered(ReadRequest request, long nowMs) =>
        new(Decide(request, nowMs), $"{request.Sensor}/{request.Property}", [$"{request.Sensor}/{request.Property}"], 1);

    internal ReadSite? Site(string sensor, string property)
    {
        if (_sites.TryGetValue(sensor, out var sites))
        {
            foreach (var site in sites)
            {
                if (string.Equals(site.Property, property, StringComparison.Ordinal))
                {
                    return site;
                }
            }
        }

        return null;
    }

    /// <summary>How far the principal reaches at the datastream for the purpose; null when not at all. Agrees with <see cref="Decide(ReadRequest, long)"/>.</summary>
    internal ReadAccess? Reach(Principal principal, string purpose, ReadSite site, long nowMs)
    {
        var reach = default(ReadAccess?);
        foreach (var scope in new[] { ReadScope.Sensor, ReadScope.Cell })
        {
            for (var resolution = Resolution.Raw; resolution <= Resolution.Month; resolution++)
            {
                var request = new ReadRequest(principal, purpose, "", site.Property, resolution, scope);
                if (DecideAt(request, site, nowMs) is not { Obligations: { } obligations })
                {
                    continue;
                }

                reach = scope == ReadScope.Sensor
                    ? new ReadAccess(resolution, null, obligations.UntilMs)
                    : new ReadAccess(reach?.Sensor, resolution, Math.Max(reach?.UntilMs ?? 0, obligations.UntilMs));
                break;
            }
        }

        return reach;
    }

    internal IEnumerable<(string Sensor, ReadSite Site)> Sites => _sites.SelectMany(s => s.Value.Select(v => (s.Key, v)));

    internal CompiledContract? Contract(Principal principal) => _contracts.GetValueOrDefault(principal.Contract ?? "");

    internal bool TryPurpose(string id, out int purpose) => _purposes.TryGetValue(id, out purpose);

    internal string PurposeId(int purpose) => _purposes.First(p => p.Value == purpose).Key;

    internal IEnumerable<string> Purposes => _purposes.Keys;

    /// <summary>The purpose for which the request is judged; see <see cref="Inquiry.Implied"/> for what is below 0.</summary>
    internal int PurposeOf(in Inquiry inquiry, ReadSite site, CompiledContract? contract)
    {
        if (inquiry.Request.Purpose is { } stated)
        {
            return _purposes.GetValueOrDefault(stated, Inquiry.NoPurpose);
        }

        if (inquiry.Request.Principal.Kind == PrincipalKind.Person)
        {
            return Inquiry.Ambiguous;
        }

        return contract is { Purposes: [var only] } ? only : inquiry.Implied(site, contract);
    }

    private ReadDecision DecideAt(ReadRequest request, ReadSite site, long nowMs)
    {
        if (site.Stream is not { } stream)
        {
            return _texts.Quarantine(request);
        }

        var contract = request.Principal.Kind == PrincipalKind.System ? Contract(request.Principal) : null;
        if (request.Principal.Kind == PrincipalKind.System)
        {
            if (contract is null || contract.Definition.UntilMs <= nowMs)
            {
                return _texts.ContractEnded(request, contract?.Definition);
            }

            if (!contract.Holds(stream.Definition.Id))
            {
                return _texts.OutsideContract(request, contract.Definition, stream.Definition.Id);
            }
        }

        var most = PrincipalIndex.Most(request.Principal);
        Span<int> numbers = most <= MostNumbersOnStack ? stackalloc int[MostNumbersOnStack] : new int[most];
        var count = _principals.Resolve(request.Principal, numbers);
        return DecideFor(new Inquiry(request, nowMs, numbers[..count]), site, contract);
    }

    private ReadDecision DecideFor(in Inquiry inquiry, ReadSite site, CompiledContract? contract)
    {
        var request = inquiry.Request;
        var stream = site.Stream!;
        var purpose = PurposeOf(inquiry, site, contract);
        if (purpose < 0)
        {
            return (request.Purpose, purpose) switch
            {
                ({ } stated, _) => _texts.PurposeUnknown(stated, _purposes.Keys),
                (_, Inquiry.Ambiguous) => _texts.PurposeMissing(stream.Definition),
                _ => _texts.NoGrant(request, null, stream.Definition),
            };
        }

        if (contract?.HoldsPurpose(purpose) == false)
        {
            return _texts.OutsideContractPurpose(contract.Definition, PurposeId(purpose));
        }

        if (!stream.IsFor(purpose))
        {
            return _texts.PurposeMismatch(PurposeId(purpose), stream.Definition);
        }

        if (inquiry.DeniedBy(stream, purpose) is { } denial)
        {
            return _texts.Denied(PurposeId(purpose), denial.Definition);
        }

        var grant = inquiry.Best(site, purpose, out var reason);
        if (grant is null)
        {
            return _texts.NoGrant(request, PurposeId(purpose), stream.Definition);
        }

        return reason == DenialReason.None
            ? Permit(request, grant, contract)
            : _texts.NotByGrant(request, reason, grant.Definition);
    }

    private static ReadDecision Permit(ReadRequest request, CompiledGrant grant, CompiledContract? contract)
    {
        var untilMs = Math.Min(request.Principal.UntilMs, contract?.Definition.UntilMs ?? long.MaxValue);
        var permit = grant.Permit;
        return untilMs >= grant.Definition.UntilMs ? permit : permit with { Obligations = permit.Obligations! with { UntilMs = untilMs } };
    }
}
