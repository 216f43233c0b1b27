using System.Collections.Immutable;
using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Contracts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Sensors;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Judgement;
using Quartier.Domain.Principals;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>
/// Brings Observations to their sensors' grains as every reading gets there: judged, booked, and on the disk before anybody is told so. All that one
/// request brings waits for the disk once.
/// </summary>
internal sealed class ObservationDesk(
    WritePorts ports, StreamTargets targets, FeatureGate gate, FeatureResolution features, NamedFeatures named, CorrectionDesk corrections)
{
    /// <summary>A registry that changes meanwhile lets a batch be resolved again; more often in a row only when something is wrong.</summary>
    private const int MostTries = 4;

    private const int RetrySeconds = 2;

    /// <summary>Takes the Observations, or says of each why not; durable on return.</summary>
    public async Task PostAsync(Caller caller, IReadOnlyList<PostedObservation> observations, CancellationToken cancellationToken)
    {
        var open = observations.Where(o => o.Problem is null).ToList();
        var ticket = 0L;
        for (var tries = 0; open.Count > 0 && tries < MostTries; tries++)
        {
            var again = new List<PostedObservation>();
            foreach (var stream in open.GroupBy(o => (o.Kind, o.Stream)))
            {
                await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
                try
                {
                    ticket = Math.Max(ticket, await PostAsync(caller, stream.Key.Kind, stream.Key.Stream, [.. stream], again, cancellationToken).ConfigureAwait(false));
                }
                finally
                {
                    gate.Leave();
                }
            }

            open = again;
        }

        open.ForEach(o => o.Problem = Problems.Unavailable("The registry changes at present. Send the Observation again.", RetrySeconds));
        await ports.Readings.WhenDurable(ticket).ConfigureAwait(false);
    }

    /// <summary>What stands against an Observation of a stream that is not there yet; null when it will be taken.</summary>
    public static ApiProblem? Judge(StreamTarget target, ObservationDraft draft, long nowMs) =>
        Take(target, new(target.Stream.Kind, target.Stream.Id, draft), nowMs, ImmutableArray.CreateBuilder<Sample>(target.Components.Length));

    /// <summary>What stands against an Observation whatever it says: no such stream, or none of the caller's. Null otherwise.</summary>
    public async ValueTask<ApiProblem?> RefuseAsync(Caller caller, PostedObservation observation, CancellationToken cancellationToken)
    {
        var found = await targets.FindAsync(observation.Kind, observation.Stream, cancellationToken).ConfigureAwait(false);
        return found.TryGet(out var target, out var problem) ? Refuse(caller, target) : Named(problem, observation);
    }

    /// <summary>
    /// Whoever may change the registry may write to every stream; an operator of the sensor's office to those that the API has registered. A real
    /// gateway speaks for itself.
    /// </summary>
    public static ApiProblem? Refuse(Caller caller, StreamTarget target)
    {
        return StreamWriters.Allows(caller.Principal, target.City, target.Sensor) ? null : Permission.Refuse(caller, Right.ApplyRegistry, target.City);
    }

    /// <summary>A stream that the body names and that is not there is the body's fault; one that the address names is simply not there.</summary>
    private static ApiProblem Named(ApiProblem problem, PostedObservation observation) =>
        problem.Body.Status == StatusCodes.Status404NotFound && !observation.IsAddressed
            ? WriteProblems.Missing(observation.Kind, observation.Stream)
            : problem;

    private async Task<long> PostAsync(
        Caller caller, EntityKind kind, long id, List<PostedObservation> observations, List<PostedObservation> again, CancellationToken cancellationToken)
    {
        if (!(await targets.FindAsync(kind, id, cancellationToken).ConfigureAwait(false)).TryGet(out var target, out var problem)
            || (problem = Refuse(caller, target)) is not null)
        {
            observations.ForEach(o => o.Problem = Named(problem, o));
            return 0;
        }

        var nowMs = ports.NowMs;
        await TimeAsync(target, observations).ConfigureAwait(false);
        var samples = ImmutableArray.CreateBuilder<Sample>(observations.Count * target.Components.Length);
        var ends = new int[observations.Count];
        for (var i = 0; i < observations.Count; i++)
        {
            observations[i].Problem = Take(target, observations[i], nowMs, samples);
            ends[i] = samples.Count;
        }

        await named.CheckAsync(caller, target, observations, cancellationToken).ConfigureAwait(false);
        await features.EnsureAsync(target, observations, nowMs, cancellationToken).ConfigureAwait(false);
        var batch = Batch(target, observations, samples, ends) with { ReceivedTimeMs = nowMs };
        var ticket = batch.Samples.IsEmpty ? 0 : await HandOverAsync(target, observations, batch, again).ConfigureAwait(false);
        if (!ports.Readings.IsCorrected(target.Components[0].Number, observations.Min(o => o.Draft.TimeMs ?? nowMs)))
        {
            return ticket;
        }

        foreach (var observation in observations.Where(o => o.Problem is null && !again.Contains(o)))
        {
            ticket = Math.Max(ticket, await RestoreAsync(caller, target, observation, nowMs, cancellationToken).ConfigureAwait(false));
        }

        return ticket;
    }

    /// <summary>
    /// What was withdrawn does not come back with a gateway's repetition; whoever creates it anew means it. Of streams without corrections nothing is looked for.
    /// </summary>
    private async ValueTask<long> RestoreAsync(
        Caller caller, StreamTarget target, PostedObservation observation, long nowMs, CancellationToken cancellationToken)
    {
        var (number, timeMs) = (target.Components[0].Number, observation.Draft.TimeMs ?? nowMs);
        if (!ports.Readings.IsCorrected(number, timeMs)
            || (await ports.Readings.RangeAsync(number, timeMs, timeMs + 1, 1, cancellationToken).ConfigureAwait(false)).Count > 0)
        {
            return 0;
        }

        _ = ObservationResults.Read(target, observation.Draft.Result, out var results);
        ImmutableArray<ComponentCorrection> components =
            [.. results.Select((value, i) => new ComponentCorrection(target.Components[i].Index, value))];
        var content = ObservationResults.Annotation(target, observation.Draft) ?? Annotation.None;
        var made = await corrections.MakeAsync(
            caller, target, observation.Id, new(target.RegistryVersion, timeMs, components, content), "created again", cancellationToken).ConfigureAwait(false);
        if (made.TryGet(out var ticket, out var problem) && ticket is null)
        {
            problem = Problems.Unavailable("The registry changes at present. Send the Observation again.", RetrySeconds);
        }

        observation.Problem = problem;
        return ticket ?? 0;
    }

    /// <summary>What comes without a time for a stream that is being replayed is of the replay's now: the present would end the replay.</summary>
    private async ValueTask TimeAsync(StreamTarget target, List<PostedObservation> observations)
    {
        if (!target.IsReplayed || observations.TrueForAll(o => o.Draft.TimeMs is not null))
        {
            return;
        }

        var district = ports.Grains.GetGrain<IDistrictGrain>(GrainKeys.District(target.City, target.Sensor.District));
        var firstMs = await district.TakeNow(1).ConfigureAwait(false);
        foreach (var observation in observations.Where(o => firstMs > 0 && o.Draft.TimeMs is null))
        {
            observation.Draft = observation.Draft with { TimeMs = firstMs };
        }
    }

    /// <summary>The samples of all that are taken, and of those that are refused in the books, with what belongs to them.</summary>
    private static SampleBatch Batch(StreamTarget target, List<PostedObservation> observations, ImmutableArray<Sample>.Builder samples, int[] ends)
    {
        List<SampleAnnotation>? annotations = null;
        var (first, count) = (0, 0);
        for (var i = 0; i < observations.Count; i++)
        {
            var observation = observations[i];
            if (observation.Problem is null && ObservationResults.Annotation(target, observation.Draft) is { } annotation)
            {
                (annotations ??= []).Add(new(count, annotation));
            }

            for (var isHandedOver = observation.Problem is null || observation.IsRefused; first < ends[i]; first++)
            {
                if (isHandedOver)
                {
                    samples[count++] = samples[first];
                }
            }
        }

        samples.Count = count;
        return new(target.RegistryVersion, 0, samples.ToImmutable(), annotations is null ? default : [.. annotations]);
    }

    private static ApiProblem? Take(StreamTarget target, PostedObservation observation, long nowMs, ImmutableArray<Sample>.Builder samples)
    {
        var timeMs = observation.Draft.TimeMs ?? nowMs;
        if (ObservationResults.Read(target, observation.Draft.Result, out var results) is { } wrong)
        {
            return wrong;
        }

        if (ObservationId.Of(target.Components[0].Number, timeMs) is not { } id)
        {
            return WriteProblems.Bad("'phenomenonTime': Observations from 1970 to 2242 have ids. Send a time within.");
        }

        var first = samples.Count;
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i] is { } value)
            {
                samples.Add(new(target.Components[i].Index, timeMs, value));
            }
        }

        // The sensor refuses it too, and books it; here it is told to whoever sent it.
        for (var i = first; i < samples.Count; i++)
        {
            var terms = target.Components[IndexOf(target, samples[i].Datastream)].Terms;
            if (!IntrinsicQuality.TryJudge(terms, samples[i], nowMs, out _, out var reason))
            {
                observation.IsRefused = samples.Count == first + 1;
                var problem = WriteProblems.Bad(Reason(reason, terms.RetentionDays));
                return observation.IsRefused ? problem : Withdraw(samples, first, problem);
            }
        }

        observation.Id = id;
        return null;
    }

    private static ApiProblem Withdraw(ImmutableArray<Sample>.Builder samples, int first, ApiProblem problem)
    {
        samples.Count = first;
        return problem;
    }

    private static int IndexOf(StreamTarget target, int datastream)
    {
        for (var i = 0; i < target.Components.Length; i++)
        {
            if (target.Components[i].Index == datastream)
            {
                return i;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(datastream), datastream, "It is none of the target's components.");
    }

    private static string Reason(RefusalReason reason, int days) => reason switch
    {
        RefusalReason.Expired =>
            $"'phenomenonTime': the datastream keeps its Observations {days} days, so it would expire on arrival. Without an entry in the policy everything is in quarantine, for one day (docs/policy.md).",
        RefusalReason.FutureTime => "'phenomenonTime': it lies more than a day ahead of the server's clock. Check the sender's clock.",
        RefusalReason.BadTime => "'phenomenonTime': times from 2000 to 2200 are kept. Choose one between.",
        _ => $"'result': refused as {Words<RefusalReason>.Of(reason)}.",
    };

    private async Task<long> HandOverAsync(
        StreamTarget target, List<PostedObservation> observations, SampleBatch batch, List<PostedObservation> again)
    {
        var receipt = await ports.Grains.GetGrain<ISensorGrain>(target.SensorKey).Ingest(batch).ConfigureAwait(false);
        if (receipt.Refused.Any(r => r.Reason is RefusalReason.StaleDefinition or RefusalReason.UnknownSensor))
        {
            again.AddRange(observations.Where(o => o.Problem is null));
            return 0;
        }

        if (receipt.Refused.Sum(r => r.Count) != observations.Count(o => o.IsRefused))
        {
            // Its terms changed in this moment. What was taken is taken once, however often it is sent.
            observations.Where(o => o.Problem is null).ToList().ForEach(
                o => o.Problem = Problems.Unavailable("The policy changes at present. Send the Observation again.", RetrySeconds));
        }

        return receipt.Ticket;
    }
}
