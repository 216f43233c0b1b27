namespace Orleans;

/// <summary>Marks a message type. The embedded engine passes messages by reference; the attribute keeps them fit for a cluster.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute
{
}
