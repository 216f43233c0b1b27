using System.Collections.Immutable;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Retention;

namespace Quartier.Contracts.Sensors;

/// <summary>A sensor's live twin: quality, live values, windows, rules. Key: <see cref="GrainKeys.Sensor"/>.</summary>
[Alias("quartier.ISensorGrain")]
public interface ISensorGrain : IGrainWithStringKey
{
    /// <summary>
    /// Judges and appends the samples. Returns before the disk has them: whoever acknowledges waits for the receipt's ticket first.
    /// </summary>
    [Alias("Ingest")]
    Task<IngestReceipt> Ingest(SampleBatch batch);

    /// <summary>
    /// Corrects or withdraws an Observation's readings for whoever reads from then on. What rules, windows and the asset have made of them stays, and so do
    /// the books. Returns before the disk has it: whoever tells so waits for the receipt's ticket first.
    /// </summary>
    [Alias("Correct"), ResponseTimeout(ResponseTimes.Waking)]
    Task<CorrectionReceipt> Correct(ObservationCorrection correction);

    /// <summary>
    /// Withdraws many Observations of one stream, as <see cref="Correct"/> does one. What is not stored, or whose retention has ended, is passed over: it is
    /// as little there as what was withdrawn.
    /// </summary>
    [Alias("Withdraw"), ResponseTimeout(ResponseTimes.Waking)]
    Task<CorrectionReceipt> Withdraw(ObservationWithdrawal withdrawal);

    /// <summary>The live state of all datastreams, as it holds: corrected, and without what was withdrawn.</summary>
    [Alias("GetState"), ReadOnly]
    Task<SensorState> GetState();

    /// <summary>What was received, stored, refused and repeated since the sensor was registered.</summary>
    [Alias("GetBooks"), ReadOnly]
    Task<SensorBooks> GetBooks();

    /// <summary>Makes rules on silence look at the clock; called by the district for sensors that are overdue.</summary>
    [Alias("CheckSilence")]
    Task CheckSilence(long nowMs);

    /// <summary>Forgets readings whose retention has ended, in memory and in what is kept for a restart.</summary>
    /// <exception cref="StoreException">The state could not be kept; nothing was forgotten for good.</exception>
    [Alias("Forget"), ResponseTimeout(ResponseTimes.Waking)]
    Task Forget(ImmutableArray<ForgetBefore> cutoffs);

    /// <summary>Takes up the registered definition again; called after the registry changed. Also activates the grain.</summary>
    [Alias("Refresh"), ResponseTimeout(ResponseTimes.Waking)]
    Task Refresh();
}
