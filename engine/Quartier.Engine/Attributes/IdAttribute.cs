namespace Orleans;

/// <summary>Gives a member of a message its stable number.</summary>
[AttributeUsage(
    AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Struct
        | AttributeTargets.Enum | AttributeTargets.Method)]
public sealed class IdAttribute : Attribute
{
    /// <summary>Numbers the annotated member.</summary>
    public IdAttribute(uint id) => Id = id;

    /// <summary>The number, unique within its type.</summary>
    public uint Id { get; }
}
