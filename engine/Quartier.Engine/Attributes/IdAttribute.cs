namespace Orleans;

/// <summary>Gives a member of a message its stable number.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method)]
public sealed class IdAttribute(uint id) : Attribute
{
    /// <summary>The number, unique within its type.</summary>
    public uint Id { get; } = id;
}
