namespace Orleans.Configuration;

/// <summary>Limits of calls.</summary>
public class SiloMessagingOptions
{
    /// <summary>
    /// How long a caller waits for an answer before a <see cref="TimeoutException"/>, unless the method has a <see cref="ResponseTimeoutAttribute"/>. Default 30 seconds.
    /// </summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many calls may wait at one activation before further ones are refused with
    /// <see cref="Runtime.LimitExceededException"/>. Default 100,000; zero for no limit.
    /// </summary>
    public int MaxEnqueuedRequestsHardLimit { get; set; } = 100_000;
}
