namespace Quartier.Benchmarks.FullDisk;

/// <summary>What was seen while a disk became full and was freed again.</summary>
internal sealed class FullDiskCourse
{
    /// <summary>The metric that counts what gateways were told.</summary>
    public const string Acknowledgements = "quartier_mqtt_acknowledgements_total";

    /// <summary><c>/health</c> answered 503 within the time allowed.</summary>
    public bool SaidSo { get; set; }

    /// <summary>It still did at the end of the time without space.</summary>
    public bool StillSaidSo { get; set; }

    /// <summary>Its words about the store.</summary>
    public string Said { get; set; } = string.Empty;

    /// <summary>From the last free page to the answer 503: the journal's file was allocated before.</summary>
    public double SecondsUntilFull { get; set; }

    /// <summary>Acknowledgements sent while <c>/health</c> said that none would be.</summary>
    public long AcknowledgedWhileFull { get; set; }

    /// <summary>Acknowledgements and <c>/health</c> came back after space was freed, without help.</summary>
    public bool WentOn { get; set; }

    /// <summary>How long that took.</summary>
    public double SecondsToRecover { get; set; }

    /// <summary>Acknowledgements from then to the end.</summary>
    public long AcknowledgedAfter { get; set; }

    /// <summary>The process lived through it.</summary>
    public bool Lived { get; set; }

    /// <summary>Whether all of it was as it must be, including that the reason was named.</summary>
    public bool Holds => SaidSo && StillSaidSo && Said.Contains("disk is full", StringComparison.OrdinalIgnoreCase)
        && AcknowledgedWhileFull == 0 && WentOn && AcknowledgedAfter > 0 && Lived;
}
