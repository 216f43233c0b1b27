namespace Orleans.Runtime;

/// <summary>Anything that can be called by address.</summary>
public interface IAddressable
{
}
