using System.Collections.Immutable;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;

namespace Quartier.Silo.Ingest;

/// <summary>
/// A batch on its way to its sensor's grain. When another registry version came into force meanwhile, its samples are resolved again, by the
/// names of their properties, and sent again; what the new version does not know any more is noted as refused. So nothing gets lost between
/// two versions.
/// </summary>
internal sealed class Delivery(GatewayIngest ingest, SensorTopic topic, SampleBatch batch, Task<IngestReceipt> receipt)
{
    private SensorTopic _topic = topic;
    private SampleBatch _batch = batch;

    /// <summary>False when the grain knows another registry version, or none with this sensor, and so took nothing of the batch.</summary>
    public static bool IsTaken(IngestReceipt receipt) =>
        receipt.Refused.IsEmpty || !receipt.Refused.Any(r => r.Reason is RefusalReason.StaleDefinition or RefusalReason.UnknownSensor);

    /// <summary>Completes when the batch has been taken or noted as refused.</summary>
    /// <returns>The ticket for <see cref="IReadingStore.WhenDurable"/>.</returns>
    /// <exception cref="InvalidOperationException">The grain knows a version that this endpoint has not seen yet: the gateway must send again.</exception>
    public async Task<long> TicketAsync()
    {
        var answer = await receipt.ConfigureAwait(false);
        while (!IsTaken(answer))
        {
            var current = SensorTopic.Of(_topic.City, _topic.Gateway, _topic.Sensor, ingest.Registry);
            if (current.Refusal is { } refusal)
            {
                Note(refusal, _batch.Samples.Length, current.Detail);
                return 0;
            }

            if (ReferenceEquals(current.Snapshot, _topic.Snapshot))
            {
                throw new InvalidOperationException($"{_topic.Key} knows another registry than version {_batch.RegistryVersion}, which is in force here.");
            }

            Resolve(current);
            if (_batch.Samples.IsEmpty)
            {
                return 0;
            }

            answer = await ingest.Grains.GetGrain<ISensorGrain>(_topic.Key).Ingest(_batch).ConfigureAwait(false);
        }

        return answer.Ticket;
    }

    private void Resolve(SensorTopic current)
    {
        var before = _topic.Definition!.Datastreams;
        var indexes = before.Select(d => IndexOf(current.Definition!, d.Property)).ToArray();
        foreach (var lost in _batch.Samples.Where(s => indexes[s.Datastream] < 0).GroupBy(s => s.Datastream))
        {
            Note(RefusalReason.UnknownProperty, lost.Count(), $"The property '{before[lost.Key].Property}' is no longer registered.");
        }

        ImmutableArray<Sample> samples =
            [.. _batch.Samples.Where(s => indexes[s.Datastream] >= 0).Select(s => s with { Datastream = indexes[s.Datastream] })];
        (_topic, _batch) = (current, new(current.Snapshot!.Version, _batch.ReceivedTimeMs, samples));
    }

    private void Note(RefusalReason reason, int count, string detail) =>
        ingest.Refusals.Add(_topic.City, _topic.Gateway, _topic.Sensor, reason, count, detail);

    private static int IndexOf(SensorDefinition sensor, string property)
    {
        for (var i = 0; i < sensor.Datastreams.Length; i++)
        {
            if (string.Equals(sensor.Datastreams[i].Property, property, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
