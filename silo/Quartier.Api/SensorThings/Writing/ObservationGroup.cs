using Quartier.Api.Http;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>A change set of nothing but Observations of streams that exist: no entity changes, so whoever may send each of them alone may send them together.</summary>
internal sealed class ObservationGroup(ObservationDesk desk)
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
            if (!Read(Target(item, references)!, item, references).TryGet(out var one, out var problem))
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
        Target(item, references) is not { } path || (Read(path, item, references).TryGet(out var posted, out _) && posted.Draft.NewStream is not null);

    private static ResourcePath? Target(BatchItem item, BatchReferences references) =>
        item.Method is "POST" && references.Path(item.Url) is { } text && WriteTarget.Read(text).TryGet(out var path, out _)
        && path.Last.Kind == EntityKind.Observation && BatchGroup.Refuse(item.Method, path) is null
            ? path
            : null;

    private static Outcome<PostedObservation> Read(ResourcePath path, BatchItem item, BatchReferences references)
    {
        using var json = BodyReader.Parse(references.Body(item.Body), out var wrong);
        long[] parent = path.Steps.Length == 1 ? [] : [path.Steps[0].Key ?? 0];
        return json is null ? WriteProblems.Body(wrong!) : ObservationWrites.Read(json.RootElement, path.Last.Via, parent);
    }
}
