using Quartier.Api.Http;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>A change set of nothing but Observations of streams that exist: no entity changes, so whoever may write each of them alone may write them together.</summary>
internal sealed class ObservationGroup(WritePorts ports, EntityDesk entities, ObservationDesk desk, ObservationWrites writes, IServiceScopeFactory scopes)
{
    /// <summary>Whether the requests change no entity.</summary>
    public static bool Holds(List<BatchItem> items, BatchReferences references) => items.TrueForAll(item => Target(item, references) is not null);

    /// <summary>
    /// Carries it out; one answer for each request. What cannot be read, is not there or not the caller's to write, and a change that would be refused, let
    /// nothing be done; then what is changed is changed, and each that is new answers for itself, as alone. Null when one of them brings its stream.
    /// </summary>
    public async Task<List<BatchAnswer>?> RunAsync(HttpContext context, List<BatchItem> items, BatchReferences references, CancellationToken cancellationToken)
    {
        var posted = new PostedObservation?[items.Count];
        for (var i = 0; i < items.Count; i++)
        {
            var (one, problem) = await ReadAsync(context, items[i], references, cancellationToken).ConfigureAwait(false);
            if (problem is not null)
            {
                return BatchGroup.Failed(items, i, problem);
            }

            posted[i] = one;
        }

        if (posted.Any(p => p?.Draft.NewStream is not null))
        {
            return null;
        }

        var caller = Caller.Of(context);
        for (var i = 0; i < items.Count; i++)
        {
            if (posted[i] is { } one && await desk.RefuseAsync(caller, one, cancellationToken).ConfigureAwait(false) is { } refusal)
            {
                return BatchGroup.Failed(items, i, refusal);
            }
        }

        var changes = new ObservationChangeSet(context, scopes, ports.Readings);
        await using var ended = changes.ConfigureAwait(false);
        if (await ChangeAsync(items, references, changes, cancellationToken).ConfigureAwait(false) is { } refused)
        {
            return BatchGroup.Failed(items, refused.At, refused.Problem);
        }

        await desk.PostAsync(caller, [.. posted.OfType<PostedObservation>()], cancellationToken).ConfigureAwait(false);
        return [.. items.Select((item, i) => changes.Answer(i, item) ?? BatchGroup.Done(context, item, null, posted[i] is { } one ? [one] : []))];
    }

    /// <summary>Judges all changes, and makes them; durable on return. What stands against one of them, and which; null when all were judged well.</summary>
    private async Task<(int At, ApiProblem Problem)?> ChangeAsync(
        List<BatchItem> items, BatchReferences references, ObservationChangeSet changes, CancellationToken cancellationToken)
    {
        var at = 0;
        if (items.TrueForAll(item => item.Method is "POST"))
        {
            return null;
        }

        var made = await entities.InTurnAsync(MakeAsync, cancellationToken).ConfigureAwait(false);
        if (!made.TryGet(out _, out var problem))
        {
            return (at, problem);
        }

        // Not within the turn: while the disk is full nobody else is to wait for it.
        await changes.WhenDurable().ConfigureAwait(false);
        return null;

        async Task<Outcome<bool>> MakeAsync()
        {
            for (at = 0; at < items.Count; at++)
            {
                if (Target(items[at], references) is { IsSet: false } path
                    && await changes.JudgeAsync(at, items[at], path, references, cancellationToken).ConfigureAwait(false) is { } refusal)
                {
                    return refusal;
                }
            }

            await changes.RecordAsync(cancellationToken).ConfigureAwait(false);
            await changes.CarryOutAsync().ConfigureAwait(false);
            return true;
        }
    }

    /// <summary>Whether the request changes entities: it is none for an Observation, or its Observation brings a stream.</summary>
    public static bool ChangesEntities(BatchItem item, BatchReferences references) =>
        Target(item, references) is not { } path || (path is { IsSet: true, Steps.Length: 1 } && BringsStream(item, references));

    private static ResourcePath? Target(BatchItem item, BatchReferences references) =>
        references.Path(item.Url) is { } text && WriteTarget.Read(text).TryGet(out var path, out _)
        && (item.Method is "POST" ? path is { IsSet: true, Last: { Kind: EntityKind.Observation, Key: null } } : ObservationChangeSet.Concerns(item.Method, path))
            ? path
            : null;

    private static bool BringsStream(BatchItem item, BatchReferences references)
    {
        using var json = BodyReader.Parse(references.Body(item.Body), out _);
        return json is not null && ObservationWrites.Read(json.RootElement, null, []).TryGet(out var posted, out _) && posted.Draft.NewStream is not null;
    }

    /// <summary>The Observation that a request creates, or none where it changes one; or what stands against it before anything is looked up.</summary>
    private async ValueTask<(PostedObservation? Posted, ApiProblem? Problem)> ReadAsync(
        HttpContext context, BatchItem item, BatchReferences references, CancellationToken cancellationToken)
    {
        var path = Target(item, references)!;
        if (!path.IsSet)
        {
            return (null, ObservationChanges.Refuse(Caller.Of(context), path));
        }

        using var json = BodyReader.Parse(references.Body(item.Body), out var wrong);
        if (json is null)
        {
            return (null, WriteProblems.Body(wrong!));
        }

        _ = (await writes.ReadAsync(path, json.RootElement, cancellationToken).ConfigureAwait(false)).TryGet(out var one, out var problem);
        return (one, problem);
    }
}
