using System.Collections.Immutable;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Sensors;

namespace Api.Tests.Fakes;

internal sealed class FakeSensor(Func<long> version) : ISensorGrain
{
    public ImmutableArray<DatastreamState> Datastreams { get; set; } = [];

    public SensorBooks Books { get; set; } = SensorBooks.Empty;

    /// <summary>The version that the grain has taken up; null for the current one.</summary>
    public long? StaleVersion { get; set; }

    public int Refreshes { get; private set; }

    public Task<IngestReceipt> Ingest(SampleBatch batch) => throw new NotSupportedException();

    public Task<CorrectionReceipt> Correct(ObservationCorrection correction) => throw new NotSupportedException();

    public Task<CorrectionReceipt> Withdraw(ObservationWithdrawal withdrawal) => throw new NotSupportedException();

    /// <summary>What its state is answered with; null for the state.</summary>
    public Exception? Failure { get; set; }

    public Task<SensorState> GetState() => Failure is not null ? Task.FromException<SensorState>(Failure) : Task.FromResult(new SensorState(StaleVersion ?? version(), Datastreams));

    public Task<SensorBooks> GetBooks() => Task.FromResult(Books);

    public Task CheckSilence(long nowMs) => throw new NotSupportedException();

    public Task Forget(System.Collections.Immutable.ImmutableArray<Quartier.Contracts.Retention.ForgetBefore> cutoffs) => Task.CompletedTask;

    public Task Refresh()
    {
        Refreshes++;
        StaleVersion = null;
        return Task.CompletedTask;
    }
}
