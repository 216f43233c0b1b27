namespace Quartier.Domain.Rules;

/// <summary>What <see cref="EventOrder.Offer"/> did with a reading.</summary>
public enum OrderOutcome : byte
{
    /// <summary>Taken: released now or later, in order of time.</summary>
    Taken = 0,

    /// <summary>At or behind the watermark: rules will not see it.</summary>
    Late = 1,

    /// <summary>Its time is already waiting; the greater value is kept and flagged as contradicted when they differ.</summary>
    Repeated = 2,
}
