namespace Quartier.Domain.Publication;

/// <summary>Why a cell is not shown. The words are part of the interface, in kebab case.</summary>
public enum Withholding
{
    /// <summary>It is shown.</summary>
    None = 0,

    /// <summary>Fewer units than the minimum contribute to it, or (for hours) to another hour of the same day.</summary>
    TooFewUnits = 1,

    /// <summary>It would tell, by subtraction, what another withheld cell holds.</summary>
    Complement = 2,

    /// <summary>The coarser cell that holds it is withheld.</summary>
    CoarserWithheld = 3,

    /// <summary>Readings may still come for it: it is published when its time has been over for a day, and does not change afterwards.</summary>
    Open = 4,

    /// <summary>Some of its days are shown and some are not: their sum would tell those that are not.</summary>
    PartlyShown = 5,

    /// <summary>Its days were published, and readings or sensors of it changed afterwards: the sum, less its days, would tell by how much.</summary>
    ChangedSince = 6,
}
