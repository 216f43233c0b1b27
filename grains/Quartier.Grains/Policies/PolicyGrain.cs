using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;
using Quartier.Domain.Time;
using Quartier.Grains.Cities;

namespace Quartier.Grains.Policies;

/// <summary>
/// A city's policies on their way from proposal to force. Each step is in the ledger before it takes effect. Stays awake: an approved version takes
/// effect at its time, whoever calls or not.
/// </summary>
[KeepAlive]
public sealed class PolicyGrain(
    [PersistentState("policy", CityGrain.StateStore)] IPersistentState<PolicyProgress> progress, PolicyPorts ports) : Grain, IPolicyGrain
{
    /// <summary>Proposals of one document that may wait at a time: each is read whole by a person, and strangers' piles hide the one that matters.</summary>
    internal const int MaxWaiting = 16;

    /// <summary>How far ahead a version may be put: purposes are reviewed more often than that.</summary>
    internal static readonly TimeSpan MaxAhead = TimeSpan.FromDays(5 * 365);

    /// <summary>Ledger, state or a sensor refused: the next try follows after this.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(10);

    /// <summary>The clock is looked at this often while a version waits for its time: it may be set meanwhile.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private PolicyBook _book = PolicyBook.Of(string.Empty, []);
    private PolicyAudience? _audience;
    private IGrainTimer? _timer;
    private string _city = string.Empty;

    /// <summary>Up to here everything that took effect is recorded, and so in force.</summary>
    private long _asOfMs;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _city = this.GetPrimaryKeyString();
        _book = PolicyBook.Of(_city, await ports.Store.LoadAsync(_city, cancellationToken));
        _audience = new(GrainFactory, ports, _city);

        // What the program has brought into force at its start; what takes effect from now on is recorded first.
        _asOfMs = ports.Now - 1;
        _timer = this.RegisterGrainTimer(
            static (PolicyGrain self, CancellationToken _) => self.TakeEffectAsync(),
            this,
            new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = LongestWait });
    }

    /// <inheritdoc/>
    public Task Refresh() => TakeEffectAsync();

    /// <inheritdoc/>
    public Task<PolicyAnswer> Check(string yaml)
    {
        if (ports.Registry.Find(_city) is not { } registry)
        {
            return Task.FromResult(NotRegistered());
        }

        var examined = PolicyExamination.Of(_book, registry, yaml, ports.Now);
        return Task.FromResult(examined.IsSound ? new(PolicyOutcome.Done, string.Empty, null, []) : Unsound(examined.Problems));
    }

    /// <inheritdoc/>
    public async Task<PolicyAnswer> Propose(string yaml, string by, long effectiveMs)
    {
        var now = ports.Now;
        var effective = Math.Max(effectiveMs, now);
        if (effective - now > (long)MaxAhead.TotalMilliseconds)
        {
            return Refused(
                PolicyOutcome.TooFarAhead,
                $"{IsoTime.Format(effective)} lies more than {MaxAhead.TotalDays:0} days ahead. Propose it with an earlier time.");
        }

        if (ports.Registry.Find(_city) is not { } registry)
        {
            return NotRegistered();
        }

        var examined = PolicyExamination.Of(_book, registry, yaml, effective);
        if (!examined.IsSound)
        {
            return Unsound(examined.Problems);
        }

        var district = examined.Policy!.District;
        if (Known(district, yaml) is { } known)
        {
            return new(PolicyOutcome.Unchanged, $"Version {known.Version} says the same.", Shown(known), []);
        }

        if (_book.Waiting(district).Count() >= MaxWaiting)
        {
            return Refused(PolicyOutcome.TooMany, $"{MaxWaiting} proposals of this document wait already. Have some approved or withdrawn first.");
        }

        var document = new PolicyDocument(_city, district, _book.Newest(district) + 1, yaml, PolicyState.Proposed, effective, by, now, null, 0);
        await ports.Ledger.AppendAsync(_city, PolicyRecord.Proposed(document), CancellationToken.None);
        await KeepAsync(document);
        return Done(document);
    }

    /// <inheritdoc/>
    public async Task<PolicyAnswer> Approve(string? district, long version, string by)
    {
        if (Waiting(district, version, out var proposed) is { } refused)
        {
            return refused;
        }

        if (IsSame(by, proposed.ProposedBy) || !by.StartsWith("person:", StringComparison.Ordinal))
        {
            return Refused(
                PolicyOutcome.SamePerson,
                $"{proposed.ProposedBy} proposed version {version}; a second person must approve it, and '{by}' is none. Ask somebody else with the role of an approver.");
        }

        if (ports.Registry.Find(_city) is not { } registry)
        {
            return NotRegistered();
        }

        var now = ports.Now;
        var effective = EarliestMs(proposed, now);
        var examined = PolicyExamination.Of(_book, registry, proposed.Yaml, effective);
        if (!examined.IsSound)
        {
            return Unsound(examined.Problems);
        }

        var independence = await JudgeAsync(by, proposed, now);
        var approved = proposed with
        {
            State = PolicyState.Approved,
            EffectiveMs = effective,
            DecidedBy = by,
            DecidedMs = now,
            ApprovedBy = by,
            Independence = independence,
        };
        await ports.Ledger.AppendAsync(_city, PolicyRecord.Approved(approved), CancellationToken.None);
        await KeepAsync(approved);
        await TakeEffectAsync();
        return Done(approved);
    }

    /// <inheritdoc/>
    public async Task<PolicyAnswer> Withdraw(string? district, long version, string by)
    {
        if (Undone(district, version, out var open) is { } refused)
        {
            return refused;
        }

        var withdrawn = open with { State = PolicyState.Withdrawn, DecidedBy = by, DecidedMs = ports.Now };
        if (Orphaned(open, withdrawn) is { IsEmpty: false } problems)
        {
            return Unsound(problems);
        }

        await ports.Ledger.AppendAsync(_city, PolicyRecord.Withdrawn(withdrawn), CancellationToken.None);
        await KeepAsync(withdrawn);
        return Done(withdrawn);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<PolicyVersion>> List() => Task.FromResult<ImmutableArray<PolicyVersion>>(
        [.. _book.All.GroupBy(d => d.District, StringComparer.Ordinal).SelectMany(g => g.Reverse()).Select(Shown)]);

    /// <inheritdoc/>
    public Task<PolicyDocument?> Get(string? district, long version) => Task.FromResult(_book.Find(district, version));

    /// <inheritdoc/>
    public Task<PolicyView?> Effective(string district)
    {
        if (ports.Policies.Find(_city)?.Districts.GetValueOrDefault(district) is not { } policy)
        {
            return Task.FromResult<PolicyView?>(null);
        }

        var lines = PolicyInheritance.Lines(_book.Definition(null, _asOfMs), _book.Definition(district, _asOfMs), district);
        return Task.FromResult<PolicyView?>(new(policy, [.. lines.Select(l => new PolicyEntry(l.Kind, l.Id, l.Origin, l.Text))]));
    }

    /// <inheritdoc/>
    public async Task<PolicyDifference> Compare(string yaml)
    {
        if (ports.Registry.Find(_city) is not { } registry)
        {
            return PolicyDifference.None with { Problems = NotRegistered().Problems };
        }

        var examined = PolicyExamination.Of(_book, registry, yaml, ports.Now);
        return examined.IsSound
            ? await new PolicyComparison(GrainFactory, ports, registry).OfAsync(_book, examined.Policy!, _asOfMs)
            : PolicyDifference.None with { Problems = examined.Problems };
    }

    /// <inheritdoc/>
    public async Task<PolicyDifference?> CompareVersion(string? district, long version) =>
        _book.Find(district, version) is { } document ? await Compare(document.Yaml) : null;

    /// <inheritdoc/>
    public Task<ImmutableSortedDictionary<string, ImmutableArray<NoSensingZone>>> Zones() => Task.FromResult(_book.Zones(_asOfMs));

    /// <inheritdoc/>
    public Task Prepare(long registryVersion, ImmutableArray<string> districts)
    {
        var before = ports.Policies.Find(_city);
        var next = _book.Snapshot(districts.Union(before?.Districts.Keys ?? [], StringComparer.Ordinal), registryVersion, _asOfMs, before);
        if (!next.HasSameDistricts(before))
        {
            ports.Policies.Publish(next);
        }

        return Task.CompletedTask;
    }

    /// <summary>Brings into force what is due: recorded first, then published, then told. What fails is tried again.</summary>
    private async Task TakeEffectAsync()
    {
        _timer!.Change(RetryPause, RetryPause);
        var now = ports.Now;
        try
        {
            await RecordAsync(now);
        }
        catch (StoreException error)
        {
            Log.PolicyNotRecorded(ports.Logger, error, _city);
            return;
        }

        _asOfMs = Math.Max(_asOfMs, now);
        if (await _audience!.PublishAsync(_book, _asOfMs))
        {
            var next = _book.NextMs(_asOfMs) is { } ms ? TimeSpan.FromMilliseconds(Math.Max(1, ms - ports.Now)) : LongestWait;
            _timer.Change(next < LongestWait ? next : LongestWait, LongestWait);
        }
    }

    /// <summary>Records what came into force since the last time; after a crash between record and state an entry may stand twice, never not at all.</summary>
    private async Task RecordAsync(long nowMs)
    {
        var state = progress.State;
        var due = _book.Entered(state.RecordedToMs, nowMs)
            .Where(d => d.EffectiveMs > state.RecordedToMs || !state.RecordedAt.Contains(Name(d), StringComparer.Ordinal))
            .ToList();
        foreach (var document in due)
        {
            await ports.Ledger.AppendAsync(_city, PolicyRecord.Entered(document, nowMs), CancellationToken.None);
            Log.PolicyInForce(ports.Logger, document.Version, Name(document));
            state.RecordedAt = document.EffectiveMs > state.RecordedToMs ? [Name(document)] : state.RecordedAt.Add(Name(document));
            state.RecordedToMs = document.EffectiveMs;
            await SaveProgressAsync();
        }
    }

    /// <summary>The ledger has it: an entry too many after a restart does less harm than a policy that does not come into force.</summary>
    private async Task SaveProgressAsync()
    {
        try
        {
            await progress.WriteStateAsync();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Log.PolicyProgressNotSaved(ports.Logger, error, _city);
        }
    }

    private async Task KeepAsync(PolicyDocument document)
    {
        await ports.Store.SaveAsync(document, CancellationToken.None);
        _book = _book.With(document);
    }

    /// <summary>Not before now, not before what is recorded as in force, and after a higher version of the document that is in force: what is approved last counts.</summary>
    private long EarliestMs(PolicyDocument proposed, long nowMs)
    {
        var effective = Math.Max(proposed.EffectiveMs, Math.Max(nowMs, progress.State.RecordedToMs));
        return _book.InForce(proposed.District, Math.Max(nowMs, _asOfMs)) is { } before && before.Version > proposed.Version
            ? Math.Max(effective, before.EffectiveMs + 1)
            : effective;
    }

    /// <summary>The version that says the same and is the last word on the document; null when there is none.</summary>
    private PolicyDocument? Known(string? district, string yaml) =>
        _book.Waiting(district).Prepend(_book.InForce(district, long.MaxValue)).FirstOrDefault(d => d is not null && string.Equals(d.Yaml, yaml, StringComparison.Ordinal));

    private PolicyAnswer? Waiting(string? district, long version, out PolicyDocument proposed)
    {
        proposed = _book.Find(district, version)!;
        return proposed switch
        {
            null => Refused(
                PolicyOutcome.UnknownVersion,
                $"There is no version {version} of the policy of {(district is null ? _city : $"{_city}/{district}")}; the newest is {_book.Newest(district)}."),
            { State: not PolicyState.Proposed } => new(
                PolicyOutcome.Decided,
                $"Version {version} was {(proposed.State == PolicyState.Approved ? "approved" : "withdrawn")} by {proposed.DecidedBy} at {IsoTime.Format(proposed.DecidedMs)}. Propose a new version.",
                Shown(proposed),
                []),
            _ => null,
        };
    }

    /// <summary>What waits for a second person, and what was approved but did not take effect yet, can be ended.</summary>
    private PolicyAnswer? Undone(string? district, long version, out PolicyDocument open)
    {
        open = _book.Find(district, version)!;
        if (open is not { State: PolicyState.Approved })
        {
            return Waiting(district, version, out open);
        }

        return open.EffectiveMs > Math.Max(ports.Now, _asOfMs)
            ? null
            : new(
                PolicyOutcome.Decided,
                $"Version {version} took effect at {IsoTime.Format(open.EffectiveMs)} and cannot be withdrawn any more. Propose another version that takes its place.",
                Shown(open),
                []);
    }

    /// <summary>What other versions that are approved for later would lose with this one.</summary>
    private ImmutableArray<RegistryProblem> Orphaned(PolicyDocument open, PolicyDocument withdrawn) =>
        open.State == PolicyState.Approved && ports.Registry.Find(_city) is { } registry
            ? PolicyExamination.OfScheduled(_book, _book.With(withdrawn), registry, ports.Now)
            : [];

    private async Task<ApproverIndependence> JudgeAsync(string approver, PolicyDocument proposed, long nowMs)
    {
        if (ports.Changes is not { } changes)
        {
            return ApproverIndependence.Unknown;
        }

        var since = nowMs - (long)AccountLimits.ChangesCount.TotalMilliseconds;
        return ApproverTrace.Judge(approver, proposed.ProposedBy, await changes.SinceAsync(since, CancellationToken.None));
    }

    private PolicyVersion Shown(PolicyDocument document) => new(
        document.District,
        document.Version,
        _book.Standing(document, _asOfMs),
        document.EffectiveMs,
        document.ProposedBy,
        document.ProposedMs,
        document.DecidedBy,
        document.DecidedMs,
        PolicyRecord.Digest(document),
        document.ApprovedBy,
        document.Independence);

    private PolicyAnswer Done(PolicyDocument document) => new(PolicyOutcome.Done, string.Empty, Shown(document), []);

    private PolicyAnswer NotRegistered() => new(
        PolicyOutcome.NotRegistered,
        $"The city '{_city}' is not registered. Apply its registry first.",
        null,
        [new(0, 0, $"The city '{_city}' is not registered. Apply its registry first.")]);

    private static PolicyAnswer Unsound(ImmutableArray<RegistryProblem> problems) =>
        new(PolicyOutcome.Unsound, $"{problems.Length} problem(s) were found; correct the lines that are listed.", null, problems);

    private static PolicyAnswer Refused(PolicyOutcome outcome, string detail) => new(outcome, detail, null, []);

    private static bool IsSame(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static string Name(PolicyDocument document) => FormattableString.Invariant($"{document.District}/{document.Version}");
}
