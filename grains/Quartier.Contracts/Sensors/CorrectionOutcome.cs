namespace Quartier.Contracts.Sensors;

/// <summary>What became of an <see cref="ObservationCorrection"/>.</summary>
public enum CorrectionOutcome : byte
{
    /// <summary>It holds.</summary>
    Done = 0,

    /// <summary>One of the readings is not stored, or its retention has ended; nothing was changed.</summary>
    NoReading = 1,

    /// <summary>The sensor is registered differently by now, or no longer; nothing was changed.</summary>
    StaleDefinition = 2,
}
