namespace Kml;

/// <summary>What a block request does: the kernel's <c>enum req_op</c> (include/linux/blk_types.h).</summary>
public enum IoOperation : uint
{
    /// <summary>Read sectors.</summary>
    Read = 0,

    /// <summary>Write sectors.</summary>
    Write = 1,

    /// <summary>Flush the volatile cache.</summary>
    Flush = 2,

    /// <summary>Discard sectors.</summary>
    Discard = 3,

    /// <summary>Securely erase sectors.</summary>
    SecureErase = 5,

    /// <summary>Write zeroes.</summary>
    WriteZeroes = 9,
}
