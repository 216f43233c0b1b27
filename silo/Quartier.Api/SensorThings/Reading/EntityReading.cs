using Quartier.Api.Http;
using Quartier.Api.Questions;
using Quartier.Api.SensorThings.Answers;
using Quartier.Api.SensorThings.Districts;
using Quartier.Api.SensorThings.Formats;
using Quartier.Api.SensorThings.Projection;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Reading;

/// <summary>Answers one GET: finds what the path leads to, as far as the caller may see it, expands it, and writes it.</summary>
internal sealed class EntityReading(
    EntityProjection projection,
    IEntityStore entities,
    IObservationReader observations,
    ObservationAccess access,
    HiddenPlaces hidden,
    SeenFeatures features,
    RequestLanguage language,
    OpenQuestion question,
    TimeProvider time)
{
    private readonly Expansion _expansion = new(entities, observations, access);
    private readonly DerivedValues _derived = new(entities, observations, access);

    /// <summary>What one request may cost.</summary>
    public static QueryLimits Limits => QueryLimits.Default;

    public async Task<IResult> AnswerAsync(HttpRequest request, string below, CancellationToken cancellationToken)
    {
        var answer = await CarryOutAsync(request, below, Limits with { Cost = question.For(request.HttpContext) }, cancellationToken).ConfigureAwait(false);

        // Whatever was refused on the way, what was left out of the answer must not look like nothing.
        return question.Refusal ?? answer;
    }

    private async Task<IResult> CarryOutAsync(HttpRequest request, string below, QueryLimits limits, CancellationToken cancellationToken)
    {
        await projection.EnsureAsync(cancellationToken).ConfigureAwait(false);
        if (!EntityAddress.Read(request, below, limits).TryGet(out var address, out var problem)
            || (problem = Misfit(address.Parsed)) is not null)
        {
            return problem;
        }

        if (await SightAsync(address.Parsed.Path, limits.Cost, cancellationToken).ConfigureAwait(false) is not { } sight)
        {
            return question.Refusal!;
        }

        var reach = new EntityReach(time.GetUtcNow().ToUnixTimeMilliseconds(), sight, limits);
        if (await UnseenAsync(address.Parsed.Path, reach, cancellationToken).ConfigureAwait(false) is { } unseen)
        {
            return unseen;
        }

        var options = address.Parsed.Options.Format == ResultFormat.GeoJson ? WithPlace(address.Parsed) : address.Parsed.Options;
        var asked = address.Parsed with { Options = options };
        if (!(await FindAsync(asked, reach, cancellationToken).ConfigureAwait(false)).TryGet(out var page, out problem))
        {
            return problem;
        }

        if (await FillAsync(asked.Path, options, page, reach, cancellationToken).ConfigureAwait(false) is { } tooMuch)
        {
            return EntityProblems.Of(tooMuch);
        }

        var links = EntityLinks.Of(request);
        var nextLink = page.Next is { } position ? ExpandedPages.OfAnswer(links, below, EntityAddress.Whole(request), position) : null;
        return AnswerText.Write(asked, page, links, nextLink);
    }

    /// <summary>What may be seen of entities; null when to find out costs more than the request may.</summary>
    private async ValueTask<EntitySight?> SightAsync(ResourcePath path, IQuestionCost? cost, CancellationToken cancellationToken)
    {
        if (await hidden.FindAsync(cost, cancellationToken).ConfigureAwait(false) is not { } places)
        {
            return null;
        }

        var sight = new EntitySight(places.Locations, places.Features, access);
        if (path.Steps[0].Kind != EntityKind.FeatureOfInterest)
        {
            return sight;
        }

        return await features.FindAsync(cost, cancellationToken).ConfigureAwait(false) is { } seen ? sight with { Features = seen } : null;
    }

    private async Task<QueryProblem?> FillAsync(
        ResourcePath path, QueryOptions options, ShownPage page, EntityReach reach, CancellationToken cancellationToken)
    {
        if (path.End != PathEnd.Entities)
        {
            return path.Property is { Derived: true } property
                ? await _derived.FillAsync(page.Items, options with { Select = [new SelectedPath(property, [], null)] }, reach, cancellationToken).ConfigureAwait(false)
                : null;
        }

        return await _expansion.FillAsync(page.Items, options, reach, cancellationToken).ConfigureAwait(false)
            ?? await _derived.FillAsync(page.Items, options, reach, cancellationToken).ConfigureAwait(false);
    }

    private static ApiProblem? Misfit(ParsedQuery asked) => asked.Options.Format switch
    {
        ResultFormat.Default => null,
        _ when asked.Path.End != PathEnd.Entities => EntityProblems.BadFormat("$resultFormat belongs to entities, not to properties, $ref or $count."),
        ResultFormat.DataArray when asked.Path.Last.Kind != EntityKind.Observation || !asked.Path.IsSet =>
            EntityProblems.BadFormat("$resultFormat=dataArray is for sets of Observations. Leave it out, or ask for CSV or GeoJSON."),
        ResultFormat.DataArray when !asked.Options.Expand.IsEmpty =>
            EntityProblems.BadFormat("$resultFormat=dataArray has no room for $expand. Leave one of them out."),
        _ => null,
    };

    /// <summary>A map needs places, whatever else was selected.</summary>
    private static QueryOptions WithPlace(ParsedQuery asked)
    {
        var (options, type) = (asked.Options, asked.Path.Type);
        if (type.Property("observedArea") is { } area && !options.Select.IsEmpty)
        {
            return options with { Select = options.Select.Add(new SelectedPath(area, [], null)) };
        }

        return GeoJsonFeatures.Place(type.Kind) is not { } relation || options.Expand.Any(e => e.Relation == relation)
            ? options
            : options with { Expand = options.Expand.Add(new(relation, QueryOptions.None with { Top = 1 })) };
    }

    private Task<Outcome<ShownPage>> FindAsync(ParsedQuery asked, EntityReach reach, CancellationToken cancellationToken) =>
        asked.Path.Last.Kind == EntityKind.Observation
            ? FindObservationsAsync(asked, reach, cancellationToken)
            : FindEntitiesAsync(asked, reach, cancellationToken);

    private async Task<Outcome<ShownPage>> FindEntitiesAsync(ParsedQuery asked, EntityReach reach, CancellationToken cancellationToken)
    {
        var query = new EntityQuery(Bare(asked.Path), asked.Options with { Expand = [] }, reach.NowMs, reach.Sight, reach.Limits);
        var outcome = asked.Path.End == PathEnd.Count
            ? await entities.CountAsync(query, cancellationToken).ConfigureAwait(false)
            : await entities.FindAsync(query, cancellationToken).ConfigureAwait(false);
        if (!outcome.Try(out var page, out var problem))
        {
            return EntityProblems.Of(problem);
        }

        return asked.Path.IsSet || page.Entities.Length > 0 ? ShownPage.Of(page) : Nothing(asked.Path);
    }

    private async Task<Outcome<ShownPage>> FindObservationsAsync(ParsedQuery asked, EntityReach reach, CancellationToken cancellationToken)
    {
        var options = asked.Path.End == PathEnd.Count ? asked.Options with { Expand = [], Count = true, Top = 0 } : asked.Options with { Expand = [] };
        var query = new ObservationQuery(Bare(asked.Path), options, reach.NowMs, reach.Sight, reach.Limits);
        var outcome = await observations.FindAsync(query, cancellationToken).ConfigureAwait(false);
        if (!outcome.Try(out var page, out var problem))
        {
            return EntityProblems.Of(problem);
        }

        if (ObservationDenial.Of(page, access, language) is { } denial)
        {
            return denial;
        }

        RowRecord.Note(access, page);
        var truths = await TruthStreams.OfAsync(entities, page, cancellationToken).ConfigureAwait(false);
        return asked.Path.IsSet || page.Rows.Length > 0 ? ShownPage.Of(page, truths) : Nothing(asked.Path);
    }

    /// <summary>What the path leads through must be seen: that an Observation exists must not be found out by what hangs on it.</summary>
    private async Task<ApiProblem?> UnseenAsync(ResourcePath path, EntityReach reach, CancellationToken cancellationToken)
    {
        for (var i = 0; i < path.Steps.Length - 1; i++)
        {
            if (path.Steps[i] is not { Kind: EntityKind.Observation, Key: not null })
            {
                continue;
            }

            var until = new ParsedQuery(new ResourcePath(path.Steps[..(i + 1)], null, [], PathEnd.Entities), QueryOptions.None);
            if (!(await FindObservationsAsync(until, reach, cancellationToken).ConfigureAwait(false)).TryGet(out _, out var problem))
            {
                return problem;
            }
        }

        return null;
    }

    private static ApiProblem Nothing(ResourcePath path) =>
        EntityProblems.NotFound($"There is no such {path.Type.Name}. {EntityLinks.Path}/{path.Type.SetName} lists those that exist.");

    /// <summary>The entities themselves: which property of them is shown is decided here.</summary>
    private static ResourcePath Bare(ResourcePath path) => path with { Property = null, Inside = [], End = path.End == PathEnd.Count ? PathEnd.Count : PathEnd.Entities };
}
