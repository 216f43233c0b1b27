using Quartier.Api.Http;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>A change set of nothing but Observations of streams that exist: no entity changes, so whoever may send each of them alone may send them together.</summary>
internal sealed class ObservationGroup(ObservationDesk desk, ObservationWrites writes)
{
    /// <summary>Whether the requests change no entity.</summary>
    public static bool Holds(List<BatchItem> items, BatchReferences references) => items.TrueForAll(item => Target(item, references) is not null);

    /// <summary>
    /// Carries it out; one answer for each request. What cannot be read, is not there or not the caller's to write lets none be taken; then each answers
    /// for itself, as alone. Null when one of them brings its stream.
    /// </summary>
    public async Task<List<BatchAnswer>?> RunAsync(HttpContext context, List<BatchItem> items, BatchReferences references, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(context);
        var posted = new List<PostedObservation>();
        foreach (var item in items)
        {
            if (!(await ReadAsync(Target(item, references)!, item, references, cancellationToken).ConfigureAwait(false)).TryGet(out var one, out var problem))
            {
                return BatchGroup.Failed(items, posted.Count, problem);
            }

            posted.Add(one);
        }

        if (posted.Exists(p => p.Draft.NewStream is not null))
        {
            return null;
        }

        for (var i = 0; i < posted.Count; i++)
        {
            if (await desk.RefuseAsync(caller, posted[i], cancellationToken).ConfigureAwait(false) is { } refusal)
            {
                return BatchGroup.Failed(items, i, refusal);
            }
        }

        await desk.PostAsync(caller, posted, cancellationToken).ConfigureAwait(false);
        return [.. items.Select((item, i) => BatchGroup.Done(context, item, null, [posted[i]]))];
    }

    /// <summary>Whether the request changes entities: it is none for an Observation, or its Observation brings a stream.</summary>
    public static bool ChangesEntities(BatchItem item, BatchReferences references) =>
        Target(item, references) is not { Steps: var steps } || (steps.Length == 1 && BringsStream(item, references));

    private static ResourcePath? Target(BatchItem item, BatchReferences references) =>
        item.Method is "POST" && references.Path(item.Url) is { } text && WriteTarget.Read(text).TryGet(out var path, out _)
        && path is { IsSet: true, Last: { Kind: EntityKind.Observation, Key: null } }
            ? path
            : null;

    private static bool BringsStream(BatchItem item, BatchReferences references)
    {
        using var json = BodyReader.Parse(references.Body(item.Body), out _);
        return json is not null && ObservationWrites.Read(json.RootElement, null, []).TryGet(out var posted, out _) && posted.Draft.NewStream is not null;
    }

    private async ValueTask<Outcome<PostedObservation>> ReadAsync(
        ResourcePath path, BatchItem item, BatchReferences references, CancellationToken cancellationToken)
    {
        using var json = BodyReader.Parse(references.Body(item.Body), out var wrong);
        return json is null ? WriteProblems.Body(wrong!) : await writes.ReadAsync(path, json.RootElement, cancellationToken).ConfigureAwait(false);
    }
}
