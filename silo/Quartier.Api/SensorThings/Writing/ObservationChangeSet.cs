using Quartier.Api.Http;
using Quartier.Contracts.Readings;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>
/// The changes of Observations that stand in one change set. All are judged before the first one is made; what can be refused after that is only what changes
/// in that very moment.
/// </summary>
internal sealed class ObservationChangeSet(HttpContext context, IServiceScopeFactory scopes, IReadingStore readings) : IAsyncDisposable
{
    /// <summary>Decisions hold for one purpose: each has a scope of its own.</summary>
    private readonly Dictionary<string, AsyncServiceScope> _purposes = new(StringComparer.Ordinal);

    private readonly SortedDictionary<int, SetChange> _changes = [];
    private long _ticket;

    /// <summary>Whether the request changes or deletes an Observation by its own address.</summary>
    public static bool Concerns(string method, ResourcePath path) =>
        method is "PATCH" or "PUT" or "DELETE" && path is { IsSet: false, Last: { Kind: EntityKind.Observation, Key: not null } };

    /// <summary>Forgets what was judged: the change set is planned anew.</summary>
    public void Clear() => _changes.Clear();

    /// <summary>Judges a request; what stands against it, or null.</summary>
    /// <param name="at">Its place in the change set.</param>
    /// <param name="item">The request.</param>
    /// <param name="path">Leads to the Observation.</param>
    /// <param name="references">What the batch has created.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async ValueTask<ApiProblem?> JudgeAsync(int at, BatchItem item, ResourcePath path, BatchReferences references, CancellationToken cancellationToken)
    {
        if (_changes.Values.Any(c => c.Request.Path.Last.Key == path.Last.Key))
        {
            return WriteProblems.Bad($"Observations({path.Last.Key}) is changed by an earlier request of the change set. Say all of it in one, or send them one after the other.");
        }

        var told = new HeaderDictionary();
        if (!Caller.Of(context).For(item.Headers.GetValueOrDefault(Caller.PurposeHeader)).TryGet(out var caller, out var problem)
            || !WrittenVersion.Read(item.Headers.GetValueOrDefault("If-Match"), item.Headers.GetValueOrDefault("If-None-Match")).TryGet(out var version, out problem)
            || !EditOf(item, references).TryGet(out var edit, out problem))
        {
            return problem;
        }

        var request = new ObservationRequest(caller, path, version, edit, told);
        var changes = Changes(caller);
        if ((await changes.JudgeAsync(request, cancellationToken).ConfigureAwait(false)).TryGet(out var judged, out problem))
        {
            _changes[at] = new(request, changes, judged);
        }

        return problem;
    }

    /// <summary>Records all that was judged; durable on return.</summary>
    public async Task RecordAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(_changes.Values.Select(c => c.Changes.RecordAsync(c.Request.Caller, c.Judged, cancellationToken))).ConfigureAwait(false);

    /// <summary>Makes all that was recorded; each notes what stands against it.</summary>
    public async ValueTask CarryOutAsync()
    {
        foreach (var change in _changes.Values)
        {
            // What has begun is carried out, whether or not anybody waits for the answer.
            var made = await change.Changes.CarryOutAsync(change.Request, change.Judged, CancellationToken.None).ConfigureAwait(false);
            _ = made.TryGet(out var ticket, out var problem);
            (_ticket, change.Problem) = (Math.Max(_ticket, ticket), problem);
        }
    }

    /// <summary>Waits until all that was made is on the disk.</summary>
    public ValueTask WhenDurable() => readings.WhenDurable(_ticket);

    /// <summary>The answer to the request at that place; null when it changes no Observation.</summary>
    public BatchAnswer? Answer(int at, BatchItem item)
    {
        if (!_changes.TryGetValue(at, out var change))
        {
            return null;
        }

        return change.Problem is { } problem
            ? BatchRun.Answer(item, problem)
            : new(item.Id, StatusCodes.Status200OK, InnerRequests.Told(change.Request.Told), default) { Group = item.Group };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var scope in _purposes.Values)
        {
            await scope.DisposeAsync().ConfigureAwait(false);
        }
    }

    private ObservationChanges Changes(Caller caller)
    {
        var purpose = caller.Purpose ?? string.Empty;
        if (!_purposes.TryGetValue(purpose, out var scope))
        {
            _purposes[purpose] = scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<RequestLanguage>().Read(context.Request);
        }

        return scope.ServiceProvider.GetRequiredService<ObservationChanges>();
    }

    private static Outcome<Func<SeenObservation, Outcome<ObservationEdit>>> EditOf(BatchItem item, BatchReferences references)
    {
        if (item.Method is "DELETE")
        {
            return (Func<SeenObservation, Outcome<ObservationEdit>>)(seen => ObservationEdit.Withdrawal(seen));
        }

        using var json = BodyReader.Parse(references.Body(item.Body), out var wrong);
        if (json is null)
        {
            return WriteProblems.Body(wrong!);
        }

        var (change, form) = (json.RootElement.Clone(), item.Form);
        return (Func<SeenObservation, Outcome<ObservationEdit>>)(seen => ObservationEdit.Of(seen, change, form));
    }
}
