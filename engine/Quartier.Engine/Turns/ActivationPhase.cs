namespace Quartier.Engine.Turns;

/// <summary>Where an activation is in its life; only ever moves forward.</summary>
internal enum ActivationPhase : byte
{
    /// <summary>The grain object is not made yet.</summary>
    Created,

    /// <summary>State is read and the grain prepares itself; calls wait.</summary>
    Activating,

    /// <summary>Calls run.</summary>
    Active,

    /// <summary>The grain tidies up; calls wait for the next activation.</summary>
    Deactivating,

    /// <summary>Out of the directory; calls are sent on.</summary>
    Dead,
}
