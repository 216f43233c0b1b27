using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Api.SensorThings.Districts;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>The Observations that tell of a FeatureOfInterest, of whatever stream, for whoever may withdraw all of them.</summary>
internal sealed class FeatureObservations(
    WritePorts ports, StreamTargets targets, CorrectionDesk corrections, ObservationRights rights, ObservationAccess access, CityDesks desks)
{
    /// <summary>Observations that one request withdraws: half a second, measured on two cores, in which other changes of entities wait.</summary>
    public const int MostObservations = 10_000;

    /// <summary>Spans in which streams tell of the feature: one for each Observation that names it by itself, those included that were withdrawn before; each is a look at the store.</summary>
    public const int MostSpans = 50_000;

    /// <summary>The streams that tell of the feature, and their Observations; what stands against the withdrawal of even one of them, whether or not there are any.</summary>
    public async ValueTask<Outcome<List<TellingStream>>> FindAsync(HttpContext context, long feature, CancellationToken cancellationToken)
    {
        var spans = await ports.Entities.ObservedSpansAsync(feature, MostSpans + 1, cancellationToken).ConfigureAwait(false);
        if (spans.Length > MostSpans)
        {
            return WriteProblems.TooMany(
                $"FeaturesOfInterest({feature}) is told of in more than {MostSpans} spans of time. DELETE the Datastreams that tell of it, or leave it.");
        }

        var streams = spans.GroupBy(s => (s.Source.Kind, s.Source.Id)).ToList();
        if (!(await JudgeAsync(context, [.. streams.Select(s => s.First().Source)], cancellationToken).ConfigureAwait(false)).TryGet(out var judged, out var problem))
        {
            return problem;
        }

        var (found, left) = (new List<TellingStream>(), MostObservations);
        foreach (var stream in streams)
        {
            var target = judged[stream.Key];
            if (await TimesAsync(target, stream, left, cancellationToken).ConfigureAwait(false) is not { } times)
            {
                return WriteProblems.TooMany(
                    $"More than {MostObservations} Observations tell of FeaturesOfInterest({feature}), and one request withdraws so many at most. "
                    + "DELETE some of the Observations first, up to 1,000 in a $batch, or a whole Datastream.");
            }

            found.Add(new(target, times));
            left -= times.Length;
        }

        return found;
    }

    /// <summary>Withdraws them: all are in the ledger before the first one is. The ticket for the reading store, to be waited for before the feature goes.</summary>
    public async ValueTask<Outcome<long>> WithdrawAsync(Caller caller, long feature, List<TellingStream> streams, CancellationToken cancellationToken)
    {
        var why = $"withdrawn with FeaturesOfInterest({feature})";
        foreach (var (target, times) in streams)
        {
            await corrections.RecordAsync(caller, target, times, why, cancellationToken).ConfigureAwait(false);
        }

        var ticket = 0L;
        foreach (var (target, times) in streams)
        {
            if (!(await corrections.WithdrawAsync(target, times).ConfigureAwait(false)).TryGet(out var made, out var problem))
            {
                return problem;
            }

            ticket = Math.Max(ticket, made);
        }

        return ticket;
    }

    private async ValueTask<Outcome<Dictionary<(EntityKind Kind, long Id), StreamTarget>>> JudgeAsync(
        HttpContext context, ImmutableArray<ObservationSource> sources, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(context);
        var judged = new Dictionary<(EntityKind Kind, long Id), StreamTarget>();
        foreach (var source in sources)
        {
            if (!(await targets.FindAsync(source.Kind, source.Id, cancellationToken).ConfigureAwait(false)).TryGet(out var target, out var problem)
                || (problem = ObservationDesk.Refuse(caller, target)) is not null)
            {
                return problem;
            }

            judged[(source.Kind, source.Id)] = target;
        }

        var sights = await access.DecideAsync(sources, cancellationToken).ConfigureAwait(false);
        if (!desks.TryNote(context.Response.Headers))
        {
            return RecordGate.Unavailable();
        }

        return sights.Select(rights.Refuse).FirstOrDefault(r => r is not null) is { } refusal ? refusal : judged;
    }

    /// <summary>Times of the Observations that are there, or null when there are more than so many.</summary>
    private async ValueTask<ImmutableArray<long>?> TimesAsync(StreamTarget target, IEnumerable<ObservedSpan> spans, int most, CancellationToken cancellationToken)
    {
        var times = ImmutableArray.CreateBuilder<long>();
        foreach (var span in spans)
        {
            // Observations have ids, and therefore times, from 1970 on.
            var (fromMs, limit) = (Math.Max(span.FromMs, 0), most - times.Count + 1);
            var readings = await ports.Readings.RangeAsync(target.Components[0].Number, fromMs, span.ToMs, limit, cancellationToken).ConfigureAwait(false);
            times.AddRange(readings.Select(r => r.TimeMs));
            if (times.Count > most)
            {
                return null;
            }
        }

        return times.ToImmutable();
    }
}
