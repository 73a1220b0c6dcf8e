using System;
using System.Text;
using Kml.Model;
using Kml.Runtime.Abi;
using Kml.Runtime.Device;
using Kml.Runtime.Native;
using Shouldly;
using Xunit;

namespace Kml.Runtime.Tests;

public class ModuleInfoTests
{
    public static TheoryData<string, string> Corruptions => new()
    {
        { nameof(InfoPage.Magic), "is no kernel model" },
        { nameof(InfoPage.AbiVersion), "speaks version 9 of the module interface, this library version 2" },
        { nameof(InfoPage.RecordSize), "records of 100 bytes" },
        { nameof(InfoPage.Features), "the features at bytes 48" },
        { nameof(InfoPage.FromOffset), "the first event at bytes 160 to 208 of 192" },
        { nameof(InfoPage.ToOffset), "the second event at bytes 8 to 64" },
        { nameof(InfoPage.StateSize), "the state at bytes" },
        { nameof(InfoPage.FromKind), "an unknown event, 0, as 'from'" },
        { nameof(InfoPage.ToKind), "an unknown event, 4294967295, as 'to'" },
        { nameof(InfoPage.Cpus), "0 CPUs" },
        { nameof(InfoPage.RingRecords), "63 records a ring" },
        { nameof(InfoPage.ProducerOffset), "producer_offset 4097" },
        { nameof(InfoPage.ConsumerOffset), "consumers at 4096 over 2 producers at 4096" },
        { nameof(InfoPage.DataOffset), "data at 8192 over 2 consumers at 8192" },
        { nameof(InfoPage.DataStride), "8192 bytes a CPU for 12288 of data" },
        { nameof(InfoPage.MappingSize), "for 2 CPUs" },
    };

    [Fact]
    public void A_module_says_what_it_is()
    {
        using FakeModule module = new(2, 64);
        using KernelModelDevice<Waits> device = module.OpenTyped();
        device.Info.Model.ShouldBe("waits");
        device.Info.Fingerprint.ShouldBe(Waits.Fingerprint);
        device.Info.Layout.ShouldBe(Waits.Layout);
        device.Info.From.ShouldBe(EventKind.BioQueue);
        device.Info.To.ShouldBe(EventKind.BlockIssue);
        device.Info.Cpus.ShouldBe(2);
        device.Info.RingRecords.ShouldBe(64);
        device.Info.HasWeights.ShouldBeTrue();
        device.Info.WeightsVersion.ShouldBe(7U);
        device.Info.HasIntegerTwin.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Corruptions))]
    public void An_info_page_that_contradicts_itself_is_refused(string field, string message)
    {
        using FakeModule module = new(2, 64);
        Corrupt(ref module.Info, field);
        Should.Throw<KernelModelException>(module.Open).Message.ShouldContain(message);
    }

    [Fact]
    public void A_module_of_another_model_is_refused_with_every_difference_and_the_remedy()
    {
        using FakeModule module = new(1, 64);
        module.Info.RecordSize = 256;
        module.Info.RingRecords = 32;
        Write(ref module.Info, "other", new string('0', 64));
        string message = Should.Throw<KernelModelException>(module.OpenTyped).Message;
        message.ShouldContain("the model is 'other', not 'waits'");
        message.ShouldContain($"the fingerprint is {new string('0', 64)}, not {Waits.Fingerprint}");
        message.ShouldContain("a record has 256 bytes, not 192");
        message.ShouldContain("make -C bin/kmod/waits");
        message.ShouldContain("rmmod kml_other; insmod bin/kmod/waits/kml_waits.ko");
    }

    [Fact]
    public void A_module_whose_records_are_laid_out_otherwise_is_refused()
    {
        using FakeModule module = new(1, 64);
        module.Info.StateOffset -= 8;
        Should.Throw<KernelModelException>(module.OpenTyped).Message.ShouldContain("the parts of a record lie elsewhere");
        using KernelModelDevice untyped = module.Open();
        untyped.Info.Layout.StateOffset.ShouldBe(Waits.Layout.StateOffset - 8);
    }

    [Fact]
    public void An_absent_device_names_the_module_and_the_command()
    {
        KernelModelException error = Should.Throw<KernelModelException>(() => KernelModelDevice.Open("no_such_model"));
        error.Message.ShouldBe(
            "There is no /dev/kml-no_such_model: the module kml_no_such_model is not loaded on this machine. "
            + "Load it: insmod bin/kmod/no_such_model/kml_no_such_model.ko");
        error.ErrorNumber.ShouldBe(LibC.NoEntry);
    }

    [Theory]
    [InlineData(LibC.Busy, "already has a reader")]
    [InlineData(LibC.AccessDenied, "needs CAP_SYS_ADMIN")]
    [InlineData(LibC.PermissionDenied, "needs CAP_SYS_ADMIN")]
    [InlineData(LibC.NoDevice, "has no module behind it")]
    [InlineData(5, "Input/output error (errno 5)")]
    public void Every_refusal_to_open_is_a_sentence(int error, string words) =>
        DeviceErrors.OnOpen("waits", "/dev/kml-waits", error).Message.ShouldContain(words);

    [Theory]
    [InlineData(LibC.NotTypewriter, "speaks another version of the module interface")]
    [InlineData(LibC.PermissionDenied, "needs CAP_SYS_ADMIN")]
    [InlineData(5, "Input/output error (errno 5)")]
    public void Every_refusal_to_answer_is_a_sentence(int error, string words) =>
        DeviceErrors.OnAsk("/dev/kml-waits", error).Message.ShouldContain(words);

    private static void Corrupt(ref InfoPage page, string field)
    {
        switch (field)
        {
            case nameof(InfoPage.Magic): page.Magic ^= 1; break;
            case nameof(InfoPage.AbiVersion): page.AbiVersion = 9; break;
            case nameof(InfoPage.RecordSize): page.RecordSize = 100; break;
            case nameof(InfoPage.Features): page.Features = uint.MaxValue; break;
            case nameof(InfoPage.FromOffset): page.FromOffset = 160; break;
            case nameof(InfoPage.ToOffset): page.ToOffset = 8; break;
            case nameof(InfoPage.StateSize): page.StateSize = uint.MaxValue; break;
            case nameof(InfoPage.FromKind): page.FromKind = 0; break;
            case nameof(InfoPage.ToKind): page.ToKind = uint.MaxValue; break;
            case nameof(InfoPage.Cpus): page.Cpus = 0; break;
            case nameof(InfoPage.RingRecords): page.RingRecords = 63; break;
            case nameof(InfoPage.ProducerOffset): page.ProducerOffset++; break;
            case nameof(InfoPage.ConsumerOffset): page.ConsumerOffset = page.ProducerOffset; break;
            case nameof(InfoPage.DataOffset): page.DataOffset = page.ConsumerOffset; break;
            case nameof(InfoPage.DataStride): page.DataStride -= 4096; break;
            case nameof(InfoPage.MappingSize): page.MappingSize -= 4096; break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, null);
        }
    }

    private static unsafe void Write(ref InfoPage page, string model, string fingerprint)
    {
        fixed (byte* at = page.Model)
        {
            new Span<byte>(at, InfoPage.ModelLength).Clear();
            Encoding.ASCII.GetBytes(model, new Span<byte>(at, InfoPage.ModelLength));
        }

        fixed (byte* at = page.Fingerprint)
            Encoding.ASCII.GetBytes(fingerprint, new Span<byte>(at, InfoPage.FingerprintLength));
    }
}
