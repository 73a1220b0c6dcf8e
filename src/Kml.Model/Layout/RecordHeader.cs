namespace Kml.Model;

/// <summary>The header with which every record begins: offsets in bytes, and the meaning of its flags. The C twin is <c>struct kml_record_header</c>.</summary>
public static class RecordHeader
{
    /// <summary>u64: the record's number in its ring, from 0; dropped records count too.</summary>
    public const int SequenceOffset = 0;

    /// <summary>u32: the version of the weights, 0 without weights.</summary>
    public const int WeightsVersionOffset = 8;

    /// <summary>u32: the disk, <c>major &lt;&lt; 20 | minor</c>.</summary>
    public const int DeviceOffset = 12;

    /// <summary>u32: the prediction's bits; valid with <see cref="Predicted"/>.</summary>
    public const int PredictionOffset = 16;

    /// <summary>u32: the label's bits; valid with <see cref="LabelValid"/>.</summary>
    public const int LabelOffset = 20;

    /// <summary>u32: the probability with which the record was included, 65536 = 1.</summary>
    public const int InclusionOffset = 24;

    /// <summary>u16: flags.</summary>
    public const int FlagsOffset = 28;

    /// <summary>u8: the engine that predicted: 0 none, 1 float, 2 integer.</summary>
    public const int FormatOffset = 30;

    /// <summary>u64: nanoseconds that the prediction took, features and guard included; 0 without one.</summary>
    public const int PredictNsOffset = 32;

    /// <summary>The header's size in bytes.</summary>
    public const int Size = 48;

    /// <summary>Flag: the model predicted; features and prediction are valid.</summary>
    public const int Predicted = 1;

    /// <summary>Flag: the label was computed in the kernel.</summary>
    public const int LabelValid = 2;

    /// <summary>Flag: the policy asked for an action.</summary>
    public const int WouldAct = 4;

    /// <summary>Flag: the action was carried out.</summary>
    public const int Acted = 8;

    /// <summary>Flag: the record is in the share on which nothing is carried out.</summary>
    public const int HeldOut = 16;

    /// <summary>Flag: the verdict of the prediction was yes.</summary>
    public const int Verdict = 32;

    /// <summary>Flag: the verdict of the label was yes.</summary>
    public const int LabelVerdict = 64;

    /// <summary>Format: nobody predicted.</summary>
    public const int FormatNone = 0;

    /// <summary>Format: the float network predicted.</summary>
    public const int FormatFloat = 1;

    /// <summary>Format: the integer twin predicted.</summary>
    public const int FormatInteger = 2;
}
