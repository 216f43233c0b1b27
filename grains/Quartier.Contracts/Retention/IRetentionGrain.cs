namespace Quartier.Contracts.Retention;

/// <summary>Ends what has been kept for long enough, each night, for all cities: they share partitions. Key: <see cref="Key"/>.</summary>
[Alias("quartier.IRetentionGrain")]
public interface IRetentionGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "installation";

    /// <summary>Wakes it after a start: a night that was missed, or a run that was interrupted, is made up for.</summary>
    [Alias("Wake"), AlwaysInterleave]
    Task Wake();

    /// <summary>Completes what was interrupted, or runs now.</summary>
    /// <param name="by">Reference of the principal who asks.</param>
    [Alias("Run"), ResponseTimeout(ResponseTimes.Installation)]
    Task<RetentionStatus> Run(string by);

    /// <summary>How it stands; answered also while a run is under way.</summary>
    [Alias("GetStatus"), AlwaysInterleave]
    Task<RetentionStatus> GetStatus();

    /// <summary>Looks into every place now, and checks each certificate's digest and ledger entry.</summary>
    [Alias("Verify"), ResponseTimeout(ResponseTimes.Installation)]
    Task<RetentionVerification> Verify();
}
