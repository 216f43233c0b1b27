using System.Collections.Concurrent;
using Quartier.Contracts.Registers;
using Quartier.Domain.Registers;

namespace Api.Tests.Fakes;

/// <summary>Keeps what was approved.</summary>
internal sealed class FakeRecords(TimeProvider time) : IRecordsGrain
{
    private readonly ConcurrentDictionary<RecordKind, ApprovedRecord> _approved = new();

    public Task<ApprovedRecord?> Find(RecordKind kind) => Task.FromResult(_approved.GetValueOrDefault(kind));

    public Task<ApprovedRecord> Approve(RecordKind kind, string json, string by) => Task.FromResult(_approved.AddOrUpdate(
        kind, _ => Next(0, json, by), (_, last) => Next(last.Number, json, by)));

    private ApprovedRecord Next(long last, string json, string by) => new(last + 1, json, RecordText.Digest(json), by, time.GetUtcNow().ToUnixTimeMilliseconds());
}
